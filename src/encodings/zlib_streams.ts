import type { EncodedRect } from "./encoding.ts";
import { compactLength } from "./tight/compact_length.ts";

/** What starts every zlib stream (RFC 1950): deflate with a 32 KiB window. */
const ZLIB_HEADER = Uint8Array.of(0x78, 0x01);

/** One viewer's zlib streams: remembers which have been opened. */
export class ZlibStreams {
  readonly #opened = new Set<string>();

  /** The rectangle as it goes to this viewer, in pieces; each call counts as sent. */
  chunks({ head, deflated }: Pick<EncodedRect, "head" | "deflated">): Uint8Array[] {
    if (deflated === undefined) return [head];
    const { stream, segment, tightStream } = deflated;
    const opened = this.#opened.has(stream);
    this.#opened.add(stream);
    const length = segment.length + (opened ? 0 : ZLIB_HEADER.length);
    const chunks: Uint8Array[] = [];
    if (tightStream !== undefined && !opened) chunks.push(withReset(head, tightStream));
    else if (head.length > 0) chunks.push(head);
    chunks.push(tightStream === undefined ? u32(length) : compactLength(length));
    if (!opened) chunks.push(ZLIB_HEADER);
    chunks.push(segment);
    return chunks;
  }
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** What comes first in a Tight rectangle, with the bit set that resets a stream. */
function withReset(head: Uint8Array, stream: number): Uint8Array {
  return head.with(0, head[0]! | 1 << stream);
}
