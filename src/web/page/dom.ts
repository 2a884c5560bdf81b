/**
 * The element of index.html with an id.
 * @throws {TypeError} When it isn't there, or is another one.
 */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new TypeError(`no ${kind.name} #${id}`);
}

/** A click that came from the keyboard: its element keeps the focus. */
export function isByKeyboard(event: UIEvent): boolean {
  return event.detail === 0;
}

/** Keeps the focus where it is when these are pressed with a pointer: on the desktop, mostly. */
export function keepFocus(...elements: readonly HTMLElement[]): void {
  for (const element of elements) {
    element.addEventListener("mousedown", (event) => event.preventDefault());
  }
}

/** Whether nothing that is to be seen has the focus. */
export function isFocusFree(): boolean {
  const { activeElement } = document;
  // What has gone away has the focus until the next frame, in some browsers for longer.
  return activeElement === document.body || !activeElement?.checkVisibility();
}
