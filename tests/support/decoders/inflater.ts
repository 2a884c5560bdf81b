import { constants, inflateRawSync, inflateSync } from "node:zlib";
import { type ByteSource, DecodeError, need, readU32 } from "./decoder.ts";

const WINDOW = 32 * 1024;

/**
 * One zlib stream that arrives in pieces, each ending in a sync flush. node:zlib can't keep a stream
 * open between synchronous calls, so every piece is inflated behind a stored block that holds what a
 * piece may refer back to: the last 32 KiB.
 */
export class Inflater {
  #window = new Uint8Array();
  #started = false;

  /** Reads a U32 length and that many bytes of the stream, and returns them inflated. */
  async read(source: ByteSource): Promise<Uint8Array> {
    return this.inflate(await source.read(await readU32(source)));
  }

  /** Inflates the next piece of the stream. */
  inflate(piece: Uint8Array): Uint8Array {
    if (this.#started) return this.#inflate(piece);
    this.#started = true;
    need(piece.length >= 2, "zlib: no header");
    inflate(() => inflateSync(piece.subarray(0, 2), { finishFlush: constants.Z_SYNC_FLUSH }));
    return this.#inflate(piece.subarray(2));
  }

  #inflate(piece: Uint8Array): Uint8Array {
    const stored = this.#window.length;
    const blocks = new Uint8Array(5 + stored + piece.length);
    blocks.set([0, stored & 0xff, stored >> 8, ~stored & 0xff, ~stored >> 8 & 0xff]);
    blocks.set(this.#window, 5);
    blocks.set(piece, 5 + stored);
    const bytes = inflate(() => inflateRawSync(blocks, { finishFlush: constants.Z_SYNC_FLUSH }));
    this.#window = bytes.slice(-WINDOW);
    return bytes.subarray(stored);
  }
}

function inflate(run: () => Uint8Array): Uint8Array {
  try {
    return run();
  } catch (error) {
    throw new DecodeError(`zlib: ${(error as Error).message}`);
  }
}
