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

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
