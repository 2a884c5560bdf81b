import type { Rect } from "../../frame/rect.ts";
import { ByteWriter } from "../../rfb/byte_writer.ts";
import type { EncodedRect } from "../encoding.ts";
import { compactLength } from "./compact_length.ts";

/** A rectangle that is a whole file: JpegCompression, and TightPNG's PngCompression. */
export function encodeFile(
  encoding: number,
  rect: Rect,
  control: number,
  file: Uint8Array,
): EncodedRect {
  const length = compactLength(file.length);
  const head = new ByteWriter(1 + length.length + file.length)
    .u8(control).bytes(length).bytes(file).finish();
  return { rect, encoding, head };
}
