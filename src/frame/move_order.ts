import { type Move, moveSource } from "./move.ts";
import { areaOf, intersect, isEmpty } from "./rect.ts";

/**
 * Puts moves that all refer to one picture in such an order that they can be done one after the other:
 * each before those that overwrite its source. Where they go round in a circle that can't be had; the
 * largest of them goes first then.
 */
export function inOrder(moves: readonly Move[]): Move[] {
  const left = moves.toSorted((a, b) => areaOf(b.to) - areaOf(a.to));
  const ordered: Move[] = [];
  while (left.length > 0) {
    const free = left.findIndex((move) =>
      left.every((other) => other === move || !spoils(move, other))
    );
    ordered.push(...left.splice(Math.max(0, free), 1));
  }
  return ordered;
}

/** Whether a move, once done, has overwritten some of another's source. */
export function spoils(move: Move, other: Move): boolean {
  return !isEmpty(intersect(move.to, moveSource(other)));
}
