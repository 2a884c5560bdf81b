import { assert, assertEquals } from "@std/assert";
import {
  type Bitmap,
  type CursorBitmaps,
  cursorShape,
} from "../../../../src/desktop/windows/cursor/cursor_shape.ts";

/** What each letter of a drawing is, as GetDIBits gives it. */
const PIXELS: Readonly<Record<string, number>> = {
  ".": 0,
  "1": 0x00ffffff,
  R: 0x00ff0000,
  O: 0xff102030,
  H: 0x80ff8000,
  // No alpha, but a colour.
  N: 0x00123456,
};

function bitmap(...rows: readonly string[]): Bitmap {
  const pixels = Uint32Array.from([...rows.join("")], (letter) => PIXELS[letter]!);
  return { width: rows[0]!.length, height: rows.length, pixels };
}

/** The shape's pixels in rows, as hexadecimal. */
function rowsOf({ width, height, pixels }: Bitmap): string[] {
  const words = [...pixels].map((pixel) => pixel.toString(16).padStart(8, "0"));
  return Array.from(
    { length: height },
    (_, y) => words.slice(y * width, (y + 1) * width).join(" "),
  );
}

/** The shape of bitmaps that belong together. */
function shapeOf(bitmaps: CursorBitmaps) {
  const shape = cursorShape(bitmaps);
  assert(shape !== undefined);
  return shape;
}

const HOTSPOT = { hotX: 0, hotY: 0 };

Deno.test("a cursor with any alpha is its colours alone, not multiplied, whatever the mask says", () => {
  const shape = shapeOf({
    ...HOTSPOT,
    mask: bitmap("1.1", "1.1", "1.1"),
    colour: bitmap("OH.", "N..", "..."),
  });
  assertEquals(rowsOf(shape), [
    "ff102030 80ff8000 00000000",
    "00000000 00000000 00000000",
    "00000000 00000000 00000000",
  ]);
});

Deno.test("a cursor of colours without alpha is opaque where the AND mask is 0", () => {
  const shape = shapeOf({ ...HOTSPOT, mask: bitmap("..1"), colour: bitmap("R..") });
  assertEquals(rowsOf(shape), ["ffff0000 ff000000 00000000"]);
});

Deno.test("a cursor without colours has its XOR mask below the AND mask", () => {
  const shape = shapeOf({
    ...HOTSPOT,
    mask: bitmap("..1", "1.1", ".1.", "..."),
    colour: undefined,
  });
  assertEquals([shape.width, shape.height], [3, 2]);
  assertEquals(rowsOf(shape), ["ff000000 ffffffff 00000000", "00000000 ff000000 00000000"]);
});

Deno.test("what inverts the screen is black, with white on what is transparent around it", () => {
  // An I-beam of two pixels, an opaque black one to its left.
  const shape = shapeOf({
    ...HOTSPOT,
    mask: bitmap("11111", "1.111", "11111", "11111", ".....", "..1..", "..1..", "....."),
    colour: undefined,
  });
  const row = (text: string) => text.replaceAll("W", "ffffffff").replaceAll("B", "ff000000");
  assertEquals(rowsOf(shape), [
    row("00000000 W W W 00000000"),
    row("00000000 B B W 00000000"),
    row("00000000 W B W 00000000"),
    row("00000000 W W W 00000000"),
  ]);
});

Deno.test("the outline goes no farther than the cursor, nor around its edges", () => {
  const shape = shapeOf({
    ...HOTSPOT,
    mask: bitmap("111", "111"),
    colour: bitmap("..1", "..."),
  });
  assertEquals(rowsOf(shape), ["00000000 ffffffff ff000000", "00000000 ffffffff ffffffff"]);
});

Deno.test("colours that would change the screen's count as inverting", () => {
  const shape = shapeOf({ ...HOTSPOT, mask: bitmap("11"), colour: bitmap("R.") });
  assertEquals(rowsOf(shape), ["ff000000 ffffffff"]);
});

Deno.test("the hotspot is kept within the cursor", () => {
  const mask = bitmap("..", "..", "..", "..", "..", "..");
  const at = (hotX: number, hotY: number) => {
    const shape = shapeOf({ hotX, hotY, mask, colour: undefined });
    return [shape.hotX, shape.hotY];
  };
  assertEquals(at(1, 2), [1, 2]);
  assertEquals(at(2, 3), [1, 2]);
});

Deno.test("bitmaps that don't belong together are no cursor", () => {
  const two = bitmap("..", "..");
  for (
    const wrong of [
      { mask: bitmap("...", "...", "..."), colour: undefined },
      { mask: bitmap("..."), colour: undefined },
      { mask: two, colour: bitmap("R..", "R..") },
      { mask: two, colour: bitmap("R.", "R.", "R.") },
    ]
  ) {
    assertEquals(cursorShape({ ...HOTSPOT, ...wrong }), undefined);
  }
});
