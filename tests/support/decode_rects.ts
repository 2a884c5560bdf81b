import { assertEquals } from "@std/assert";
import type { EncodedRect } from "../../src/encodings/encoding.ts";
import { ZlibStreams } from "../../src/encodings/zlib_streams.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";
import { concat } from "./bytes.ts";
import { BytesSource, type Decoder } from "./decoders/decoder.ts";
import { createDecoders } from "./decoders/table.ts";

/** What a viewer decodes with, and in which format; native where left out. */
export interface Viewing {
  readonly decoders?: ReadonlyMap<number, Decoder>;
  readonly format?: PixelFormat;
}

/**
 * What a viewer shows that gets these rectangles first of all: pixel values of its format.
 * @param size Of its picture, which is black at first.
 * @throws {DecodeError} When the bytes are not what the specification allows.
 */
export async function decodeAll(
  rects: readonly EncodedRect[],
  { width, height }: { readonly width: number; readonly height: number },
  viewing?: Viewing,
): Promise<Framebuffer> {
  const picture = new Framebuffer(width, height);
  await decodeInto(picture, rects, viewing);
  return picture;
}

/** As {@linkcode decodeAll}, into a picture that there is already. */
export async function decodeInto(
  picture: Framebuffer,
  rects: readonly EncodedRect[],
  { decoders = createDecoders(), format = NATIVE_FORMAT }: Viewing = {},
): Promise<void> {
  const streams = new ZlibStreams();
  for (const encoded of rects) {
    const source = new BytesSource(concat(...streams.chunks(encoded)));
    await decoders.get(encoded.encoding)!.decode(source, encoded.rect, format, picture);
    assertEquals(source.left, 0, "bytes left over");
  }
}
