import type { DesktopView } from "./desktop_view.ts";
import { type Key, keysymOf, MODIFIER } from "./keysyms.ts";

/** Milliseconds in which a browser must say what is to be pasted. */
const PASTE_WITHIN = 100;

/** Ctrl+V, held back. */
interface HeldBack {
  readonly key: Key;
  readonly isShifted: boolean;
  readonly timer: number;
}

/**
 * Ctrl+V on the desktop pastes what this device's clipboard has: with these keys the browser hands
 * it out without asking anybody. So V waits until the desktop has the text.
 * @param give Hands over a text; settles when the desktop has it.
 */
export function pasteWithKeys(
  currentView: () => DesktopView | undefined,
  give: (text: string) => Promise<void>,
): void {
  let waiting: HeldBack | undefined;
  const released = new Set<string>();

  const type = ({ key, isShifted }: Pick<HeldBack, "key" | "isShifted">) => {
    const view = currentView();
    // The user may have let go of these meanwhile.
    const modifiers = [MODIFIER.Control, ...(isShifted ? [MODIFIER.Shift] : [])]
      .filter(({ code }) => released.has(code));
    for (const { keysym, code } of modifiers) view?.sendKey(keysym, code, true);
    view?.sendKey(key.keysym, key.code);
    for (const { keysym, code } of modifiers) view?.sendKey(keysym, code, false);
  };

  addEventListener("keydown", (event) => {
    if (!currentView()?.hasFocus || !isPaste(event)) return;
    // noVNC would stop the browser from pasting.
    event.stopPropagation();
    if (waiting !== undefined) return;
    released.clear();
    const key = { keysym: keysymOf(event.key), code: event.code };
    const timer = setTimeout(() => {
      if (waiting !== undefined) type(waiting);
      waiting = undefined;
    }, PASTE_WITHIN);
    waiting = { key, isShifted: event.shiftKey, timer };
  }, { capture: true });

  addEventListener("keyup", ({ key }) => {
    if (key === "Control") released.add(MODIFIER.Control.code);
    if (key === "Shift") released.add(MODIFIER.Shift.code);
  }, { capture: true });

  addEventListener("paste", async (event) => {
    if (waiting === undefined) return;
    event.preventDefault();
    const held = waiting;
    clearTimeout(held.timer);
    waiting = undefined;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text !== "") await give(text);
    type(held);
  });
}

/** Ctrl+V, or with Shift; on keyboards of other scripts the key at V's place. */
function isPaste({ key, code, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  const isV = key.toLowerCase() === "v" || (code === "KeyV" && key > "\x7f");
  return isV && ctrlKey && !altKey && !metaKey;
}
