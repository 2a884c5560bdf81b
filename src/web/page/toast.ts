import { byId } from "./dom.ts";

const SHOWN_FOR = 4000;

let timer: number | undefined;

/** Shows a line of text for a few seconds. */
export function toast(text: string): void {
  const element = byId("toast", HTMLElement);
  element.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => element.textContent = "", SHOWN_FOR);
}
