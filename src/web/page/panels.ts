import { byId } from "./dom.ts";

/** Pixels between a panel and the window's edges. */
const MARGIN = 8;

/** Puts a panel below the button that opens it, whenever it is opened. */
export function placeBelow(panelId: string, buttonId: string): void {
  const panel = byId(panelId, HTMLElement);
  const button = byId(buttonId, HTMLButtonElement);
  panel.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open") return;
    const { left, width, bottom } = button.getBoundingClientRect();
    const rightmost = innerWidth - panel.offsetWidth - MARGIN;
    const centred = left + (width - panel.offsetWidth) / 2;
    panel.style.left = `${Math.max(MARGIN, Math.min(centred, rightmost))}px`;
    panel.style.setProperty("--top", `${bottom + MARGIN}px`);
  });
}
