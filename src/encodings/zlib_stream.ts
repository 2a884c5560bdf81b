import { constants, deflateRawSync } from "node:zlib";
import type { EncodedRect } from "./encoding.ts";

/** How zlib is to look for repetitions; its own choice (LZ77 and Huffman codes) when left out. */
export type DeflateStrategy = "default" | "huffman";

const STRATEGIES: Record<DeflateStrategy, number> = {
  default: constants.Z_DEFAULT_STRATEGY,
  huffman: constants.Z_HUFFMAN_ONLY,
};

/** What starts every zlib stream (RFC 1950): deflate with a 32 KiB window. */
const ZLIB_HEADER = Uint8Array.of(0x78, 0x01);

/**
 * Compresses bytes into a raw deflate run that refers to nothing before it, and ends at a byte
 * boundary without ending the stream, so that any such runs in any order make one valid stream.
 * @param level 0 (none) to 9 (small and slow).
 */
export function deflateSegment(
  bytes: Uint8Array,
  level: number,
  strategy: DeflateStrategy = "default",
): Uint8Array {
  return deflateRawSync(bytes, {
    level,
    strategy: STRATEGIES[strategy],
    finishFlush: constants.Z_SYNC_FLUSH,
  });
}

/** One viewer's zlib streams: remembers which have been opened. */
export class ZlibStreams {
  readonly #opened = new Set<string>();

  /** The rectangle as it goes to this viewer, in pieces; each call counts as sent. */
  chunks({ head, deflated }: EncodedRect): Uint8Array[] {
    if (deflated === undefined) return [head];
    const { stream, segment } = deflated;
    const header = this.#opened.has(stream) ? [] : [ZLIB_HEADER];
    this.#opened.add(stream);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, segment.length + header.length * ZLIB_HEADER.length);
    return [head, length, ...header, segment].filter((chunk) => chunk.length > 0);
  }
}
