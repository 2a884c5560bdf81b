import { BLOCK } from "./blocks.ts";

/** Bytes of one piece: a block of pixels, and what Hextile adds to it. */
const PIECE_BYTES = 4 * BLOCK.width * BLOCK.height + 2048;

/** Fewer bytes than this are as well allocated anew. */
const WORTH_IT = PIECE_BYTES / 4;

/** Pieces that are kept to be lent again; any more are left to the garbage collector. */
const MAX_FREE = 24;

const free: ArrayBuffer[] = [];
const lent = new WeakSet<ArrayBufferLike>();

/**
 * A copy of bytes, in memory that whoever needs it last may {@linkcode giveBack}. Memory that is new costs
 * as much as to fill it ten times: the system clears it, page by page.
 */
export function lend(bytes: Uint8Array): Uint8Array {
  if (bytes.length < WORTH_IT || bytes.length > PIECE_BYTES) return bytes.slice();
  const piece = free.pop() ?? new ArrayBuffer(PIECE_BYTES);
  lent.add(piece);
  const copy = new Uint8Array(piece, 0, bytes.length);
  copy.set(bytes);
  return copy;
}

/** Nobody uses these bytes any more. Nothing happens if they weren't lent, or were kept. */
export function giveBack({ buffer }: Uint8Array): void {
  if (lent.delete(buffer) && free.length < MAX_FREE) free.push(buffer as ArrayBuffer);
}

/** These bytes are going to be used again, so that giving them back does nothing. */
export function keep({ buffer }: Uint8Array): void {
  lent.delete(buffer);
}
