// The kernel of `shuffle.ts`, in AssemblyScript.

/**
 * Puts the bytes of each four words, of `count` and up to three more, into another order.
 * @param order Where each byte comes from, 0 to 15, or what is more for a zero.
 */
export function shuffle(words: usize, count: u32, order: usize): void {
  const places = v128.load(order);
  for (const end = words + 4 * count; words < end; words += 16) {
    v128.store(words, i8x16.swizzle(v128.load(words), places));
  }
}
