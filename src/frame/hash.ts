/** Spreads what differs in words over all bits (Knuth's multiplicative hash). */
export function spread(word: number): number {
  // The number as it stands here, not by a name: the loops that call this take a third longer else.
  return Math.imul(word, 0x9e3779b1);
}

/** The place of a word in a hash table of `2 ** bits` places. */
export function placeOf(word: number, bits: number): number {
  return spread(word) >>> 32 - bits;
}
