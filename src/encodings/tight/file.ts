import type { Rect } from "../../frame/rect.ts";
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
  const head = new Uint8Array(1 + length.length + file.length);
  head[0] = control;
  head.set(length, 1);
  head.set(file, 1 + length.length);
  return { rect, encoding, head };
}
