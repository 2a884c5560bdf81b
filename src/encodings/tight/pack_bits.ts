/** Rows of bit fields, the leftmost pixel in the highest bits, each row from a byte's start. */
export function packBits(indices: Uint8Array, width: number, bits: 1 | 2 | 4): Uint8Array {
  const rowBytes = Math.ceil(width * bits / 8);
  const packed = new Uint8Array(rowBytes * (indices.length / width));
  for (let from = 0, to = 0; from < indices.length; to += rowBytes) {
    const end = from + width;
    for (let at = to; from < end; at++) {
      let byte = 0;
      let shift = 8;
      for (; shift > 0 && from < end; from++) {
        shift -= bits;
        byte |= indices[from]! << shift;
      }
      packed[at] = byte;
    }
  }
  return packed;
}
