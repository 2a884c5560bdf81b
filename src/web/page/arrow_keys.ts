/** Which keys go on to the next thing, and back to the one before. */
export interface ArrowKeys {
  readonly next: string;
  readonly previous: string;
}

/**
 * Arrow keys move the focus between the things of a toolbar or a menu, round and round; Home and End
 * move it to the first and the last.
 * @param things Those that can have the focus now.
 */
export function moveByKeys(
  place: HTMLElement,
  keys: ArrowKeys,
  things: () => readonly HTMLElement[],
): void {
  place.addEventListener("keydown", (event) => {
    const all = things();
    const now = all.findIndex((thing) => thing === document.activeElement);
    const targets: Readonly<Record<string, number>> = {
      [keys.next]: now + 1,
      [keys.previous]: now - 1,
      Home: 0,
      End: -1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    all.at(target % all.length)?.focus();
  });
}
