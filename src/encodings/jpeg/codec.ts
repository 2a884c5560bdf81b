import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";
import type { Subsampling } from "../encoding.ts";

/** Makes JPEG pictures. */
export interface JpegCodec {
  /** For a person: `libturbojpeg`. */
  readonly name: string;
  /** True where a picture of 1920x1080 takes some 5 ms, rather than 30. */
  readonly isQuick?: true;
  /**
   * A whole JPEG file of a rectangle within a picture.
   * @param quality 1 to 100.
   */
  encode(frame: Framebuffer, rect: Rect, quality: number, subsampling: Subsampling): Uint8Array;
}
