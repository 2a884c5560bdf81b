import { type Move, moveSource } from "../frame/move.ts";

/** What follows the header of rectangle `move.to`: where to copy it from (RFC 6143 §7.7.2). */
export function encodeCopyRect(move: Move): Uint8Array {
  const { x, y } = moveSource(move);
  return Uint8Array.of(x >> 8, x & 0xff, y >> 8, y & 0xff);
}
