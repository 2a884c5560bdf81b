import type { Framebuffer } from "../frame/framebuffer.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";

/** What a viewer asked of its encoder by pseudo-encodings. */
export interface EncodeSettings {
  /** 0 (fast) to 9 (small), the specification's CompressionLevel; undefined: the encoder's choice. */
  readonly compressLevel?: number;
}

/**
 * One rectangle as bytes that hold nothing of any single viewer, so that all viewers with the same
 * format and settings can share them. What depends on the viewer's zlib stream (whether its header
 * has been sent) is added by {@linkcode ZlibStreams} on the way out.
 */
export interface EncodedRect {
  /** Bytes that go as they are, right after the rectangle's header. */
  readonly head: Uint8Array;
  /** Compressed bytes to go behind `head`, with their length in front. */
  readonly deflated?: DeflatedPart;
}

/** A raw deflate run that refers to nothing before it and ends in a sync flush. */
export interface DeflatedPart {
  /** Which of the viewer's zlib streams it belongs to: any name that is the same every time. */
  readonly stream: string;
  readonly segment: Uint8Array;
}

/**
 * One encoding of rectangles (RFC 6143 §7.7). Pure: the same arguments give the same bytes, and
 * nothing is kept between calls.
 */
export interface Encoder {
  /** The specification's encoding number. */
  readonly id: number;
  /** The specification's name. */
  readonly name: string;
  /** The largest rectangle that it takes; the caller splits larger ones. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** Encodes the pixels of `rect`, which lies within `frame` and is not empty. */
  encode(
    frame: Framebuffer,
    rect: Rect,
    format: PixelFormat,
    settings: EncodeSettings,
  ): EncodedRect;
}
