/** Tight's compact representation of a length up to 4194303: 1 to 3 bytes. */
export function compactLength(length: number): Uint8Array {
  if (length < 1 << 7) return Uint8Array.of(length);
  if (length < 1 << 14) return Uint8Array.of(length & 0x7f | 0x80, length >> 7);
  return Uint8Array.of(length & 0x7f | 0x80, length >> 7 & 0x7f | 0x80, length >> 14);
}
