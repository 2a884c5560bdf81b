import type { PixelFormat } from "../frame/pixel_format.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { ProtocolError } from "./errors.ts";

/** The bytes of a PIXEL_FORMAT, padding included (RFC 6143 §7.4). */
export const PIXEL_FORMAT_LENGTH = 16;

/**
 * Reads and checks a PIXEL_FORMAT at `offset`.
 * @throws {ProtocolError} When no picture can be sent in it: other bits per pixel than 8, 16 or 32,
 *   or colours that don't fit into a pixel or into each other's way.
 */
export function parsePixelFormat(view: DataView, offset: number): PixelFormat {
  const bitsPerPixel = view.getUint8(offset);
  if (bitsPerPixel !== 8 && bitsPerPixel !== 16 && bitsPerPixel !== 32) {
    throw new ProtocolError(`${bitsPerPixel} bits per pixel are not supported`);
  }
  const format: PixelFormat = {
    bitsPerPixel,
    depth: view.getUint8(offset + 1),
    bigEndian: view.getUint8(offset + 2) !== 0,
    trueColour: view.getUint8(offset + 3) !== 0,
    redMax: view.getUint16(offset + 4),
    greenMax: view.getUint16(offset + 6),
    blueMax: view.getUint16(offset + 8),
    redShift: view.getUint8(offset + 10),
    greenShift: view.getUint8(offset + 11),
    blueShift: view.getUint8(offset + 12),
  };
  if (format.depth < 1 || format.depth > bitsPerPixel) {
    throw new ProtocolError(`a depth of ${format.depth} in ${bitsPerPixel} bits per pixel`);
  }
  // Without true colour the rest says nothing, and viewers leave anything in it.
  if (format.trueColour) checkColours(format);
  return format;
}

function checkColours(format: PixelFormat): void {
  const channels = [
    [format.redMax, format.redShift],
    [format.greenMax, format.greenShift],
    [format.blueMax, format.blueShift],
  ] as const;
  let taken = 0;
  for (const [max, shift] of channels) {
    if (max === 0) throw new ProtocolError("a colour's maximum is 0");
    const bits = 32 - Math.clz32(max);
    if (shift + bits > format.bitsPerPixel) {
      throw new ProtocolError("a colour lies outside the pixel");
    }
    const mask = ((1 << bits) - 1) << shift;
    if ((taken & mask) !== 0) throw new ProtocolError("two colours share bits of the pixel");
    taken |= mask;
  }
}

/** Appends a PIXEL_FORMAT. */
export function appendPixelFormat(out: ByteWriter, format: PixelFormat): void {
  out.u8(format.bitsPerPixel).u8(format.depth)
    .u8(Number(format.bigEndian)).u8(Number(format.trueColour))
    .u16(format.redMax).u16(format.greenMax).u16(format.blueMax)
    .u8(format.redShift).u8(format.greenShift).u8(format.blueShift)
    .padding(3);
}
