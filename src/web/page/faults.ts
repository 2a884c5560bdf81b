import type { Session } from "./session.ts";
import { toast } from "./toast.ts";

/** Tells the user when something goes wrong that nobody has foreseen. */
export function tellFaults(session: Session): void {
  const tell = (message: string) => {
    if (!session.isTrying) toast(message);
    // Outside of secure contexts browsers have no cryptography, which some ways to log in need.
    else session.fail(isSecureContext ? message : "The browser can’t log in here without https.");
  };
  // Without an error it is only that a ResizeObserver has to wait for the next frame.
  addEventListener("error", ({ error, message }) => error && tell(message));
  addEventListener("unhandledrejection", ({ reason }) => tell(String(reason)));
}
