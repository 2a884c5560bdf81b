import { concat } from "../rfb/concat.ts";

/** Bytes of a piece that isn't joined with others: to copy it costs more than to write it by itself. */
const LARGE = 32 * 1024;

/** The same bytes in few pieces: each is large, or stands between two that are. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array[] {
  const result: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  for (const piece of pieces) {
    if (piece.length < LARGE) {
      small.push(piece);
      continue;
    }
    if (small.length > 0) result.push(concat(small));
    result.push(piece);
    small = [];
  }
  if (small.length > 0) result.push(concat(small));
  return result;
}
