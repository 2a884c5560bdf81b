import type { DesktopView } from "./desktop_view.ts";
import { keysymOf } from "./keysyms.ts";

/** Milliseconds in which a browser must say what is to be pasted. */
const PASTE_WITHIN = 100;

/**
 * Ctrl+V on the desktop pastes what this device's clipboard has: with these keys the browser hands
 * it out without asking anybody. So V, and what is typed behind it, waits until the desktop has the
 * text.
 * @param give Hands over a text; settles when the desktop has it.
 */
export function pasteWithKeys(
  currentView: () => DesktopView | undefined,
  give: (text: string) => Promise<void>,
): void {
  let pasted: ((text: string) => void) | undefined;

  const giveWhatIsPasted = async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    pasted = resolve;
    setTimeout(() => resolve(""), PASTE_WITHIN);
    const text = await promise;
    pasted = undefined;
    if (text !== "") await give(text);
  };

  addEventListener("keydown", (event) => {
    const view = currentView();
    if (!view?.hasFocus || !isPaste(event)) return;
    // noVNC would stop the browser from pasting.
    event.stopPropagation();
    if (pasted !== undefined) return;
    view.sendKeysAfter(giveWhatIsPasted());
    view.sendKey(keysymOf(event.key), event.code);
  }, { capture: true });

  addEventListener("paste", (event) => {
    if (pasted === undefined) return;
    event.preventDefault();
    pasted((event.clipboardData?.getData("text/plain") ?? "").replaceAll("\r\n", "\n"));
  });
}

/** Ctrl+V, or with Shift; on keyboards of other scripts the key at V's place. */
function isPaste({ key, code, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  const isV = key.toLowerCase() === "v" || (code === "KeyV" && key > "\x7f");
  return isV && ctrlKey && !altKey && !metaKey;
}
