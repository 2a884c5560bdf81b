import { assertEquals } from "@std/assert";
import type { CursorEncoding } from "../../src/encodings/cursor/cursor_encoding.ts";
import { cursorWithAlpha } from "../../src/encodings/cursor/cursor_with_alpha.ts";
import { richCursor } from "../../src/encodings/cursor/rich_cursor.ts";
import { bestCursorEncoding } from "../../src/encodings/cursor/table.ts";
import { vmwareCursor } from "../../src/encodings/cursor/vmware_cursor.ts";
import { xCursor } from "../../src/encodings/cursor/x_cursor.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";

const ALL = [cursorWithAlpha, vmwareCursor, richCursor, xCursor];
const HIDDEN = { width: 0, height: 0, pixels: new Uint32Array(0) };

/** Opaque black and white, a shadow, and a pixel just opaque enough to be drawn. */
const PICTURE = {
  width: 2,
  height: 2,
  pixels: Uint32Array.of(0xff000000, 0xffffffff, 0x40102030, 0x80ff8001),
};

/** Ten pixels a row, so that a row of a bitmask is two bytes. */
const WIDE = {
  width: 10,
  height: 2,
  pixels: new Uint32Array(20).fill(0xff102030).fill(0xffd0e0f0, 8, 11).fill(0x00ffffff, 18),
};

function check(encoding: CursorEncoding, cursor: typeof PICTURE, hex: string) {
  assertEquals(encoding.encode(cursor, NATIVE_FORMAT).toHex(), hex.replaceAll(" ", ""));
}

Deno.test("Cursor With Alpha: Raw, then premultiplied RGBA, whatever the viewer's format is", () => {
  // 0x10 * 0x40 / 255 is 4.02, and so on.
  const hex = "00000000 000000ff ffffffff 04080c40 80400180";
  check(cursorWithAlpha, PICTURE, hex);
  const bytes = cursorWithAlpha.encode(PICTURE, PIXEL_FORMATS["8 332"]!);
  assertEquals(bytes.toHex(), hex.replaceAll(" ", ""));
  check(cursorWithAlpha, HIDDEN, "00000000");
});

Deno.test("VMware Cursor: the alpha type, then RGBA that isn't premultiplied", () => {
  check(vmwareCursor, PICTURE, "0100 000000ff ffffffff 10203040 ff800180");
  check(vmwareCursor, HIDDEN, "0100");
});

Deno.test("Cursor: pixels in the viewer's format, then a bitmask", () => {
  check(richCursor, PICTURE, "00000000 ffffff00 30201000 0180ff00 c0 40");
  const bytes = richCursor.encode(PICTURE, PIXEL_FORMATS["8 332"]!);
  // 102030 is 0, 1 and 1 of 7, 7 and 3; ff8001 is 7, 4 and 0.
  assertEquals(bytes.toHex(), "00ff05f0" + "c040");
  check(richCursor, HIDDEN, "");
});

Deno.test("X Cursor: the light colour, the dark one, the light pixels, those to be drawn", () => {
  check(xCursor, WIDE, "d0e0f0 102030  00c0 8000  ffc0 ff00");
  check(xCursor, HIDDEN, "");
});

Deno.test("X Cursor of more colours: averages of those lighter and darker than the middle", () => {
  const picture = { width: 4, height: 1, pixels: new Uint32Array(4) };
  picture.pixels.set([0xff000000, 0xff202020, 0xfff0f0f0, 0xffd0d0d0]);
  check(xCursor, picture, "e0e0e0 101010 30 f0");
});

Deno.test("X Cursor of one colour, or with nothing to be drawn", () => {
  check(
    xCursor,
    { width: 1, height: 1, pixels: Uint32Array.of(0xff123456) },
    "000000 123456 00 80",
  );
  check(
    xCursor,
    { width: 1, height: 1, pixels: Uint32Array.of(0x7f123456) },
    "000000 000000 00 00",
  );
});

Deno.test("a viewer gets the best cursor encoding that it has", () => {
  const listed = [0, ...ALL.map(({ id }) => id).reverse()];
  for (const encoding of ALL) {
    assertEquals(bestCursorEncoding(listed), encoding);
    listed.splice(listed.indexOf(encoding.id), 1);
  }
  assertEquals(bestCursorEncoding(listed), undefined);
});
