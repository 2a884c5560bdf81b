import type { Rect } from "../../frame/rect.ts";
import type { EncodedRect, PixelCoding } from "../encoding.ts";

/** What a thread is told first: where all pixels are. */
export interface MemoryMessage {
  readonly memory: SharedArrayBuffer;
}

/** A rectangle to be encoded by a thread of the pool. */
export interface JobMessage {
  /** Where in the memory its pixels begin, in bytes: row after row, the thread's until it answers. */
  readonly start: number;
  /** Where they stand in the frame. */
  readonly rect: Rect;
  readonly coding: PixelCoding;
  /** Equal for equal codings. */
  readonly codingKey: string;
}

/** What a thread says: first that it is ready, then an answer to each job, in order. */
export type ThreadMessage =
  | { readonly ready: true }
  | { readonly rects: readonly EncodedRect[] }
  /** What the encoder threw. */
  | { readonly error: unknown };
