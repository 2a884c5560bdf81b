import { bitmapHeader } from "../../../src/desktop/windows/screen/dib_section.ts";
import { ICONINFO } from "../../../src/desktop/windows/structs.ts";
import type { Cursor } from "../../../src/desktop/desktop.ts";

const H = "pointer";
const user32 = Deno.dlopen("user32.dll", {
  SetCursor: { parameters: [H], result: H },
  LoadCursorW: { parameters: [H, H], result: H },
  CreateCursor: {
    parameters: [H, "i32", "i32", "i32", "i32", "buffer", "buffer"],
    result: H,
  },
  CreateIconIndirect: { parameters: ["buffer"], result: H },
  DestroyCursor: { parameters: [H], result: "i32" },
}).symbols;
const gdi32 = Deno.dlopen("gdi32.dll", {
  CreateDIBSection: { parameters: [H, "buffer", "u32", "buffer", H, "u32"], result: H },
  CreateBitmap: { parameters: ["i32", "i32", "u32", "u32", "buffer"], result: H },
  DeleteObject: { parameters: [H], result: "i32" },
}).symbols;

/** One of Windows' cursors. */
export type Handle = Deno.PointerValue;

/** One of Windows' own, by its number. */
export function systemCursor(id: number): Handle {
  return user32.LoadCursorW(null, Deno.UnsafePointer.create(BigInt(id)));
}

/** A cursor without colours; a pixel is a bit of the masks, 16 a row. */
export function createCursor(
  { hotX, hotY, and, xor }: {
    readonly hotX: number;
    readonly hotY: number;
    readonly and: readonly number[];
    readonly xor: readonly number[];
  },
): Handle {
  const bytes = (rows: readonly number[]) =>
    Uint8Array.from(rows.flatMap((row) => [row >> 8, row & 0xff]));
  return user32.CreateCursor(null, hotX, hotY, 16, and.length, bytes(and), bytes(xor));
}

/** A cursor with alpha. */
export function createAlphaCursor({ width, height, hotX, hotY, pixels }: Cursor): Handle {
  const bits = new BigUint64Array(1);
  const colour = gdi32.CreateDIBSection(null, bitmapHeader(width, height), 0, bits, null, 0);
  const address = Deno.UnsafePointer.create(bits[0]!)!;
  new Uint32Array(Deno.UnsafePointerView.getArrayBuffer(address, pixels.byteLength)).set(pixels);
  // A row of one bit a pixel takes whole 16 bits.
  const mask = gdi32.CreateBitmap(width, height, 1, 1, new Uint16Array(height));
  const icon = new DataView(new ArrayBuffer(ICONINFO.size));
  icon.setUint32(ICONINFO.xHotspot, hotX, true);
  icon.setUint32(ICONINFO.yHotspot, hotY, true);
  icon.setBigUint64(ICONINFO.hbmMask, Deno.UnsafePointer.value(mask), true);
  icon.setBigUint64(ICONINFO.hbmColor, Deno.UnsafePointer.value(colour), true);
  const cursor = user32.CreateIconIndirect(icon);
  gdi32.DeleteObject(colour);
  gdi32.DeleteObject(mask);
  return cursor;
}

/** Shows a cursor, or none, over this program's windows. */
export function showCursor(cursor: Handle): void {
  user32.SetCursor(cursor);
}

export function destroyCursor(cursor: Handle): void {
  user32.DestroyCursor(cursor);
}
