import type { Encoder } from "../../src/encodings/encoding.ts";
import { ENCODERS } from "../support/encoders.ts";
import { ZlibStreams } from "../../src/encodings/zlib_stream.ts";
import type { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";
import { photo, text, userInterface } from "../support/pictures.ts";

const WIDTH = 1920;
const HEIGHT = 1080;
const RECT_HEADER_BYTES = 12;

/** 16 bits, 5 red, 6 green and 5 blue. */
const FORMAT_565: PixelFormat = {
  bitsPerPixel: 16,
  depth: 16,
  bigEndian: false,
  trueColour: true,
  redMax: 31,
  greenMax: 63,
  blueMax: 31,
  redShift: 11,
  greenShift: 5,
  blueShift: 0,
};

/** Encodes the whole picture as a viewer would get it; returns the bytes on the wire. */
function encodeAll(encoder: Encoder, frame: Framebuffer, format: PixelFormat): number {
  const streams = new ZlibStreams();
  let bytes = 0;
  for (const encoded of encoder.encode(frame, frame.bounds, format, {})) {
    const chunks = streams.chunks(encoded);
    bytes += chunks.reduce((sum, chunk) => sum + chunk.length, RECT_HEADER_BYTES);
  }
  return bytes;
}

for (const [group, picture] of Object.entries({ text, userInterface, photo })) {
  const frame = picture(WIDTH, HEIGHT);
  for (const encoder of ENCODERS.values()) {
    for (const [depth, format] of [["", NATIVE_FORMAT], [" 565", FORMAT_565]] as const) {
      const kilobytes = Math.round(encodeAll(encoder, frame, format) / 1000);
      Deno.bench(`${group}: ${encoder.name}${depth}, ${kilobytes} kB`, { group }, () => {
        encodeAll(encoder, frame, format);
      });
    }
  }
}
