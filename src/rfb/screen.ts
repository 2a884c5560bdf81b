import type { Rect } from "../frame/rect.ts";
import type { ByteWriter } from "./byte_writer.ts";

/** One head within the framebuffer, as the specification's SCREEN. */
export interface Screen extends Rect {
  /** Tells a screen that was moved from a new one; unique within a layout. */
  readonly id: number;
  /** Not in use yet, but to be kept as they are. */
  readonly flags: number;
}

/** The framebuffer's size and the screens in it. */
export interface ScreenLayout {
  readonly width: number;
  readonly height: number;
  readonly screens: readonly Screen[];
}

/** The bytes of a SCREEN. */
export const SCREEN_LENGTH = 16;

/** Reads the SCREEN at `offset`. */
export function parseScreen(view: DataView, offset: number): Screen {
  return {
    id: view.getUint32(offset),
    x: view.getUint16(offset + 4),
    y: view.getUint16(offset + 6),
    width: view.getUint16(offset + 8),
    height: view.getUint16(offset + 10),
    flags: view.getUint32(offset + 12),
  };
}

/** Appends a SCREEN. */
export function appendScreen(out: ByteWriter, { id, x, y, width, height, flags }: Screen): void {
  out.u32(id).u16(x).u16(y).u16(width).u16(height).u32(flags);
}
