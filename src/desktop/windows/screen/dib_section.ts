import { Framebuffer } from "../../../frame/framebuffer.ts";
import { PlatformError } from "../../errors.ts";
import type { Libraries } from "../libraries.ts";
import { BITMAPINFOHEADER, LITTLE_ENDIAN } from "../structs.ts";

const BI_RGB = 0;
/** The pixels are colours, not indices. */
export const DIB_RGB_COLORS = 0;

/** A picture in memory that GDI draws into, and whose pixels are a framebuffer's. */
export class DibSection {
  /** A device context that draws into it. */
  readonly dc: Deno.PointerObject;
  /** Its pixels as they are now; not to be read when it's closed. */
  readonly pixels: Framebuffer;
  readonly #libraries: Libraries;
  readonly #bitmap: Deno.PointerObject;
  /** What the context drew into before. */
  readonly #before: Deno.PointerValue;

  /** @throws {PlatformError} When there is no memory for it. */
  constructor(libraries: Libraries, width: number, height: number) {
    const { gdi32 } = libraries;
    this.#libraries = libraries;
    const dc = gdi32.CreateCompatibleDC(null);
    const bits = new BigUint64Array(1);
    const info = bitmapHeader(width, height);
    const bitmap = gdi32.CreateDIBSection(dc, info, DIB_RGB_COLORS, bits, null, 0);
    if (dc === null || bitmap === null) {
      gdi32.DeleteDC(dc);
      throw new PlatformError(`no memory for a picture of ${width}x${height}`);
    }
    this.dc = dc;
    this.#bitmap = bitmap;
    this.#before = gdi32.SelectObject(dc, bitmap);
    const address = Deno.UnsafePointer.create(bits[0]!)!;
    const memory = Deno.UnsafePointerView.getArrayBuffer(address, 4 * width * height);
    this.pixels = new Framebuffer(width, height, new Uint32Array(memory));
  }

  close(): void {
    const { gdi32 } = this.#libraries;
    gdi32.SelectObject(this.dc, this.#before);
    gdi32.DeleteObject(this.#bitmap);
    gdi32.DeleteDC(this.dc);
  }
}

/** A BITMAPINFOHEADER: 32 bits a pixel, 0x00RRGGBB, the topmost row first. */
export function bitmapHeader(width: number, height: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(BITMAPINFOHEADER.size));
  view.setUint32(BITMAPINFOHEADER.biSize, BITMAPINFOHEADER.size, LITTLE_ENDIAN);
  view.setInt32(BITMAPINFOHEADER.biWidth, width, LITTLE_ENDIAN);
  // A positive height would mean the bottom row first.
  view.setInt32(BITMAPINFOHEADER.biHeight, -height, LITTLE_ENDIAN);
  view.setUint16(BITMAPINFOHEADER.biPlanes, 1, LITTLE_ENDIAN);
  view.setUint16(BITMAPINFOHEADER.biBitCount, 32, LITTLE_ENDIAN);
  view.setUint32(BITMAPINFOHEADER.biCompression, BI_RGB, LITTLE_ENDIAN);
  return new Uint8Array(view.buffer);
}
