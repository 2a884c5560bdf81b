import type { PixelFormat } from "../../frame/pixel_format.ts";

/** The pointer's picture, as {@linkcode Cursor} of the desktop has it. */
export interface CursorPicture {
  /** 0 for a pointer that is hidden. */
  readonly width: number;
  readonly height: number;
  /** `width * height` words `0xAARRGGBB`, colours not premultiplied by alpha. */
  readonly pixels: Uint32Array;
}

/** One way to send the pointer's picture: a pseudo-encoding whose position is the hot spot. */
export interface CursorEncoding {
  /** The specification's number. */
  readonly id: number;
  /** The bytes behind the rectangle's header, in the viewer's pixel format where there is one. */
  encode(cursor: CursorPicture, format: PixelFormat): Uint8Array;
}
