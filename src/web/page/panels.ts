import { byId, isByKeyboard } from "./dom.ts";

/** Pixels between a panel and what is beside it. */
const MARGIN = 8;

/** Closes whichever panel is open. */
export function closePanels(): void {
  for (const panel of document.querySelectorAll<HTMLElement>(":popover-open")) panel.hidePopover();
}

/**
 * A panel opens below its button, and Esc closes it, whatever has the focus.
 * @param isForTyping Whether somebody who opens it with a mouse goes on at the keyboard there. On a
 *   touch screen the focus stays where it is: an on-screen keyboard would come or go with it.
 */
export function placePanel(panelId: string, buttonId: string, isForTyping = false): void {
  const panel = byId(panelId, HTMLElement);
  const button = byId(buttonId, HTMLButtonElement);
  let takesFocus = false;
  button.addEventListener("click", (event) => {
    const isByMouse = event instanceof PointerEvent && event.pointerType === "mouse";
    takesFocus = isByKeyboard(event) || (isForTyping && isByMouse);
  });
  panel.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open") return;
    if (takesFocus) panel.querySelector<HTMLElement>("button, input:checked, textarea")?.focus();
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
