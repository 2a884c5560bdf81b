import type { DesktopView } from "./desktop_view.ts";
import { KEY, type Key } from "./keysyms.ts";

/** Milliseconds in which a browser must say what is to be pasted. */
const PASTE_WITHIN = 100;

const V = { keysym: 0x76, code: "KeyV" } as const;
const SHIFTED_V = { keysym: 0x56, code: "KeyV" } as const;

/**
 * Ctrl+V on the desktop pastes what this device's clipboard has: the browser hands that out with
 * these keys without asking. So V waits until the desktop has the text.
 * @param give Hands over a text; settles when the desktop has it.
 */
export function pasteWithKeys(
  currentView: () => DesktopView | undefined,
  give: (text: string) => Promise<void>,
): void {
  let waiting: { readonly isShifted: boolean; readonly timer: number } | undefined;
  /** Which of them the user holds. */
  const isDown = new Map<Key, boolean>();

  const typeV = (isShifted: boolean) => {
    const view = currentView();
    if (view === undefined) return;
    const modifiers = isShifted ? [KEY.Control, KEY.Shift] : [KEY.Control];
    // The user may have let go of them meanwhile.
    const missing = modifiers.filter((key) => isDown.get(key) === false);
    for (const { keysym, code } of missing) view.sendKey(keysym, code, true);
    const { keysym, code } = isShifted ? SHIFTED_V : V;
    view.sendKey(keysym, code);
    for (const { keysym, code } of missing) view.sendKey(keysym, code, false);
  };

  addEventListener("keydown", (event) => {
    if (!currentView()?.hasFocus || event.code !== V.code) return;
    if (!event.ctrlKey || event.altKey || event.metaKey) return;
    // noVNC would stop the browser from pasting.
    event.stopPropagation();
    if (waiting !== undefined) return;
    isDown.set(KEY.Control, true).set(KEY.Shift, event.shiftKey);
    const isShifted = event.shiftKey;
    const timer = setTimeout(() => {
      waiting = undefined;
      typeV(isShifted);
    }, PASTE_WITHIN);
    waiting = { isShifted, timer };
  }, { capture: true });

  addEventListener("keyup", ({ key }) => {
    if (key === "Control") isDown.set(KEY.Control, false);
    if (key === "Shift") isDown.set(KEY.Shift, false);
  }, { capture: true });

  addEventListener("paste", async (event) => {
    if (waiting === undefined) return;
    const { isShifted, timer } = waiting;
    clearTimeout(timer);
    waiting = undefined;
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text !== "") await give(text);
    typeV(isShifted);
  });
}
