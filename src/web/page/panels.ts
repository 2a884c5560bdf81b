import { byId } from "./dom.ts";

/** Pixels between a panel and what is beside it. */
const MARGIN = 8;

/** A panel opens below its button, and Esc closes it, whatever has the focus. */
export function placePanel(panelId: string, buttonId: string): void {
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
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.matches(":popover-open")) return;
    // Else it would go to the desktop, when that has the focus.
    event.preventDefault();
    event.stopPropagation();
    panel.hidePopover();
  }, { capture: true });
}
