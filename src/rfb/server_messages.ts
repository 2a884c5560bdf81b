import type { ColourMapEntry } from "../frame/colour_map.ts";
import { NATIVE_FORMAT } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";
import { encodeLatin1 } from "../latin1.ts";
import { ByteWriter } from "./byte_writer.ts";
import { appendPixelFormat } from "./pixel_format.ts";

/** The number of rectangles that stands for "until a LastRect comes". */
export const UNTIL_LAST_RECT = 0xffff;

/** ServerInit (RFC 6143 §7.3.2): the size, vncd's own pixel format and the desktop's name. */
export function serverInit(width: number, height: number, name: string): Uint8Array {
  const text = new TextEncoder().encode(name);
  const out = new ByteWriter(24 + text.length).u16(width).u16(height);
  appendPixelFormat(out, NATIVE_FORMAT);
  return out.u32(text.length).bytes(text).finish();
}

/** The start of a FramebufferUpdate (RFC 6143 §7.6.1); that many rectangles follow. */
export function framebufferUpdate(rectangles: number): Uint8Array {
  return new ByteWriter(4).u8(0).padding(1).u16(rectangles).finish();
}

/** A rectangle's header; its encoding's bytes follow. */
export function rectangle(rect: Rect, encoding: number): Uint8Array {
  return new ByteWriter(12)
    .u16(rect.x).u16(rect.y).u16(rect.width).u16(rect.height).s32(encoding).finish();
}

/** SetColourMapEntries (RFC 6143 §7.6.2), from entry 0 on. */
export function setColourMapEntries(colours: readonly ColourMapEntry[]): Uint8Array {
  const out = new ByteWriter(6 + colours.length * 6).u8(1).padding(1).u16(0).u16(colours.length);
  for (const { red, green, blue } of colours) out.u16(red).u16(green).u16(blue);
  return out.finish();
}

/** Bell (RFC 6143 §7.6.3). */
export const BELL: Uint8Array = new Uint8Array([2]);

/** ServerCutText (RFC 6143 §7.6.4): Latin-1, lines ended by a newline alone. */
export function serverCutText(text: string): Uint8Array {
  const bytes = encodeLatin1(text.replaceAll("\r\n", "\n"));
  return new ByteWriter(8 + bytes.length).u8(3).padding(3).u32(bytes.length).bytes(bytes).finish();
}

/** EndOfContinuousUpdates: the viewer gets updates only on request again, or may ask for others. */
export const END_OF_CONTINUOUS_UPDATES: Uint8Array = new Uint8Array([150]);
