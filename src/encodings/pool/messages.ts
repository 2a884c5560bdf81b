import type { Rect } from "../../frame/rect.ts";
import type { EncodedRect, PixelCoding } from "../encoding.ts";

/** A rectangle to be encoded by a thread of the pool. */
export interface JobMessage {
  /** The rectangle's pixels, row after row; the thread's until it answers. */
  readonly memory: SharedArrayBuffer;
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
