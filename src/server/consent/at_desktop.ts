import { AuthError } from "../../rfb/errors.ts";
import type { DesktopHost } from "../desktop_host.ts";
import type { Consent } from "./consent.ts";

/** Asks the person at the desktop. */
export function askAtDesktop(desktop: Pick<DesktopHost, "ask">): Consent {
  return async ({ peer, user, rights, time }, signal) => {
    const question = { peer, user, control: rights.control, seconds: Math.round(time / 1000) };
    const answer = await desktop.ask(question, signal);
    if (answer === undefined) throw new AuthError("there is nobody at the desktop to ask");
    return answer;
  };
}
