import type { Framebuffer } from "../frame/framebuffer.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";

/** How many colour samples a JPEG keeps: all, one of 2, 4, 8 or 16 pixels, or none. */
export type Subsampling = "1X" | "2X" | "4X" | "8X" | "16X" | "gray";

/** What a viewer asked of its encoder by pseudo-encodings. */
export interface EncodeSettings {
  /** 0 (fast) to 9 (small), the specification's CompressionLevel; undefined: the encoder's choice. */
  readonly compressLevel?: number;
  /** The JPEG quality, 1 to 100, in which photos may be sent; undefined: everything exactly. */
  readonly quality?: number;
  /** The colours that such a photo keeps; the encoder's choice when left out. */
  readonly subsampling?: Subsampling;
  /** The number of the encoding for what is no photo, beside JPEG; Raw when left out. */
  readonly exactEncoding?: number;
  /** How deep a ZYWRLE viewer expects photos to be transformed; undefined: it expects nothing sure. */
  readonly zywrleLevel?: 1 | 2 | 3;
  /** Whether the viewer may be one that knows Tight but for its gradient filter. */
  readonly withoutGradient?: boolean;
  /** Whether Tight's basic compression may go without zlib (pseudo-encoding -317). */
  readonly withoutZlib?: boolean;
}

/** How a viewer gets its pixels. Viewers for whom all of it is equal can share what is encoded. */
export interface PixelCoding {
  /** The number of the encoding that it prefers. */
  readonly encoding: number;
  readonly format: PixelFormat;
  readonly settings: EncodeSettings;
}

/**
 * One rectangle as bytes that hold nothing of any single viewer, so that all viewers with the same
 * format and settings can share them. What depends on the viewer's zlib stream (whether its header
 * has been sent) is added by {@linkcode ZlibStreams} on the way out.
 */
export interface EncodedRect {
  /** Where it goes in the picture that was encoded. */
  readonly rect: Rect;
  /** The number of the encoding that it is in. */
  readonly encoding: number;
  /** Bytes that go as they are, right after the rectangle's header. */
  readonly head: Uint8Array;
  /** Compressed bytes to go behind `head`, with their length in front. */
  readonly deflated?: DeflatedPart;
  /** Whether the viewer will see other colours than those that its format can show. */
  readonly lossy?: boolean;
}

/** A raw deflate run that refers to nothing before it and ends in a sync flush. */
export interface DeflatedPart {
  /** Which of the viewer's zlib streams it belongs to: any name that is the same every time. */
  readonly stream: string;
  readonly segment: Uint8Array;
  /**
   * Tight's number of the stream, 0 to 3: the length is then written as Tight does it, and the
   * rectangle that opens the stream says in the first byte of `head` that the viewer must reset it.
   */
  readonly tightStream?: number;
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
  /**
   * Encodes the pixels of `rect`, which lies within `frame` and is not empty.
   * @returns Rectangles that cover `rect` and do not overlap: one as a rule, several where the
   * encoding takes no such large ones, or where the content differs.
   */
  encode(
    frame: Framebuffer,
    rect: Rect,
    format: PixelFormat,
    settings: EncodeSettings,
  ): EncodedRect[];
  /**
   * Whether that takes hardly more time than to hand the pixels to another thread and to take the bytes
   * back: some 3 ms a megapixel. It doesn't when this is left out.
   */
  isQuick?(settings: EncodeSettings): boolean;
}

/** Encodes rectangles for all viewers: here and now, or on another thread. */
export interface RectEncoder {
  /**
   * Encodes the pixels that `rect`, which lies within `frame` and is not empty, has at the time of
   * the call.
   */
  encode(
    frame: Framebuffer,
    rect: Rect,
    coding: PixelCoding,
  ): readonly EncodedRect[] | Promise<readonly EncodedRect[]>;
}

/** One that does it here and now. */
export interface HereEncoder extends RectEncoder {
  /** As {@linkcode Encoder.isQuick}. */
  isQuick(coding: PixelCoding): boolean;
}
