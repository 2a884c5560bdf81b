import { assertEquals } from "@std/assert";
import {
  type Colours,
  convert,
  createPalette,
  type ImageLayout,
  isNative,
  linearChannel,
} from "../../../src/desktop/x11/convert.ts";
import { straighten } from "../../../src/desktop/x11/cursor.ts";
import { mergeRects } from "../../../src/desktop/x11/damage.ts";
import { rowStrips } from "../../../src/desktop/x11/screen_image.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { Region } from "../../../src/frame/region.ts";

function trueColour(red: number, green: number, blue: number): Colours {
  return { red: linearChannel(red), green: linearChannel(green), blue: linearChannel(blue) };
}

/** Converts a picture of one row. */
function row(bytes: number[], layout: Partial<ImageLayout>, colours: Colours): string[] {
  const full = {
    bitsPerPixel: 32,
    bytesPerLine: bytes.length,
    bigEndian: false,
    ...layout,
  } as const;
  const target = new Framebuffer(bytes.length * 8 / full.bitsPerPixel, 1);
  const palette = createPalette(full.bitsPerPixel, colours);
  convert(Uint8Array.from(bytes), full, palette, target, target.bounds);
  return [...target.pixels].map((word) => word.toString(16).padStart(6, "0"));
}

Deno.test("x11 conversion reads pixels of every size and byte order", () => {
  const rgb = trueColour(0xff0000, 0xff00, 0xff);
  const rgb565 = trueColour(0xf800, 0x7e0, 0x1f);
  assertEquals(row([3, 2, 1, 0xff], {}, rgb), ["010203"]);
  assertEquals(row([0xff, 1, 2, 3], { bigEndian: true }, rgb), ["010203"]);
  assertEquals(row([3, 2, 1, 6, 5, 4], { bitsPerPixel: 24 }, rgb), ["010203", "040506"]);
  assertEquals(row([1, 2, 3, 4, 5, 6], { bitsPerPixel: 24, bigEndian: true }, rgb), [
    "010203",
    "040506",
  ]);
  assertEquals(row([0x00, 0xf8, 0xe0, 0x07], { bitsPerPixel: 16 }, rgb565), ["ff0000", "00ff00"]);
  assertEquals(row([0xf8, 0x00], { bitsPerPixel: 16, bigEndian: true }, rgb565), ["ff0000"]);
  assertEquals(row([0b111_000_11], { bitsPerPixel: 8 }, trueColour(0xe0, 0x1c, 3)), ["ff00ff"]);
});

Deno.test("x11 conversion spreads few bits and folds many", () => {
  assertEquals(row([0x10, 0x42], { bitsPerPixel: 16 }, trueColour(0xf800, 0x7e0, 0x1f)), [
    "424184",
  ]);
  const deep = trueColour(0x3ff << 20, 0x3ff << 10, 0x3ff);
  assertEquals(row([0xff, 0xff, 0xff, 0x3f], {}, deep), ["ffffff"]);
  assertEquals(row([0, 0, 0, 0x20], {}, deep), ["800000"]);
  const high = trueColour(0xff000000 >>> 0, 0xff0000, 0xff00);
  assertEquals(row([0, 3, 2, 1], {}, high), ["010203"]);
});

Deno.test("x11 conversion looks pixels up in a colour map", () => {
  const map = Uint32Array.of(0x111111, 0x222222);
  assertEquals(row([1, 0, 7], { bitsPerPixel: 8 }, { map }), ["222222", "111111", "000000"]);
});

Deno.test("x11 conversion keeps to its rectangle", () => {
  const layout = { bitsPerPixel: 8, bytesPerLine: 8, bigEndian: false } as const;
  const target = new Framebuffer(5, 4);
  const image = new Uint8Array(32).fill(1);
  const palette = createPalette(8, { map: Uint32Array.of(0, 9) });
  convert(image, layout, palette, target, { x: 1, y: 2, width: 3, height: 1 });
  assertEquals([...target.pixels], [
    ...[0, 0, 0, 0, 0],
    ...[0, 0, 0, 0, 0],
    ...[0, 9, 9, 9, 0],
    ...[0, 0, 0, 0, 0],
  ]);
});

Deno.test("x11 images are used as they are only when they are as framebuffers are", () => {
  const layout = { bitsPerPixel: 32, bytesPerLine: 4, bigEndian: false } as const;
  const rgb = trueColour(0xff0000, 0xff00, 0xff);
  assertEquals(isNative(layout, rgb), true);
  assertEquals(isNative({ ...layout, bigEndian: true }, rgb), false);
  assertEquals(isNative({ ...layout, bitsPerPixel: 24 }, rgb), false);
  assertEquals(isNative(layout, trueColour(0xff, 0xff00, 0xff0000)), false);
  assertEquals(isNative(layout, trueColour(0x3ff << 20, 0x3ff << 10, 0x3ff)), false);
});

Deno.test("x11 cursors lose the alpha in their colours", () => {
  assertEquals(straighten(0xff123456), 0xff123456);
  assertEquals(straighten(0x00000000), 0);
  assertEquals(straighten(0x80800040), 0x80ff0080);
  // Colours beyond their alpha are no valid pixels, but happen.
  assertEquals(straighten(0x10ff0000), 0x10ff0000);
});

Deno.test("x11 damage is grabbed in few strips", () => {
  const at = (y: number, height: number): Rect => ({ x: 5, y, width: 1, height });
  assertEquals(rowStrips([]), []);
  assertEquals(rowStrips([at(500, 10), at(0, 20), at(10, 5), at(60, 5)]), [
    { top: 0, bottom: 65 },
    { top: 500, bottom: 510 },
  ]);
});

Deno.test("x11 damage in many pieces becomes few rectangles that hold them all", () => {
  const pieces = Array.from({ length: 2000 }, (_, i) => ({
    x: i * 7919 % 1900,
    y: Math.floor(i / 4) * 2,
    width: 1 + i % 5,
    height: 1,
  }));
  const merged = mergeRects(pieces);
  assertEquals(merged.length <= 32, true);
  assertEquals(Region.of(...pieces).subtract(Region.of(...merged)).isEmpty, true);
  const few = pieces.slice(0, 20);
  assertEquals(mergeRects(few), few);
});
