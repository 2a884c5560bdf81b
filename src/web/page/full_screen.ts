import { byId } from "./dom.ts";
import { toast } from "./toast.ts";

/** Of the Keyboard Lock API, which some browsers have in secure contexts. */
interface KeyboardLock {
  lock(): Promise<void>;
}

/** The button for full screen. There Esc, Super and Alt+Tab go to the desktop, where they may. */
export function offerFullScreen(): void {
  const button = byId("full-screen", HTMLButtonElement);
  // On iPhones there is none.
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => document.fullscreenElement === null ? enter() : leave());
  document.addEventListener("fullscreenchange", () => {
    button.ariaPressed = String(document.fullscreenElement !== null);
  });
}

async function enter(): Promise<void> {
  try {
    await document.documentElement.requestFullscreen({ navigationUI: "hide" });
  } catch {
    toast("The browser doesn’t allow full screen here");
    return;
  }
  const { keyboard } = navigator as { readonly keyboard?: KeyboardLock };
  if (keyboard === undefined) return;
  try {
    await keyboard.lock();
    toast("All keys go to the desktop. Hold Esc to leave full screen.");
  } catch {
    // Left again meanwhile.
  }
}

async function leave(): Promise<void> {
  await document.exitFullscreen();
}
