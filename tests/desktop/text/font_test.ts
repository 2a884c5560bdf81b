import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { CELL_HEIGHT, glyphOf } from "../../../src/desktop/text/font.ts";
import { drawText, fitText, textWidth } from "../../../src/desktop/text/text.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { Painter } from "../../../src/frame/painter.ts";

function codePoints(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

Deno.test("the font has ASCII, Latin-1 and the euro, each with a picture of its own", () => {
  const wanted = [...codePoints(0x21, 0x7e), ...codePoints(0xa1, 0xff), 0x20ac];
  const pictures = new Map<string, number>();
  for (const codePoint of wanted) {
    const { width, rows } = glyphOf(codePoint);
    const name = `U+${codePoint.toString(16)}`;
    assertEquals([width, rows.length], [8, CELL_HEIGHT], name);
    assert(rows.some((bits) => bits !== 0), `${name} is empty`);
    assert(rows.every((bits) => bits >= 0 && bits <= 0xff && (bits & 1) === 0), `${name} is wide`);
    const picture = rows.join();
    const twin = pictures.get(picture);
    // The soft hyphen is a hyphen.
    assert(twin === undefined || codePoint === 0xad, `${name} looks like U+${twin?.toString(16)}`);
    pictures.set(picture, codePoint);
  }
});

Deno.test("an accented letter is its letter with a mark", () => {
  for (const [letter, base] of ["ée", "ÅA", "çc", "ñn", "üu", "čc", "ŠS"]) {
    const plain = glyphOf(base!.codePointAt(0)!).rows;
    const accented = glyphOf(letter!.codePointAt(0)!).rows;
    assert(plain.every((bits, i) => (accented[i]! & bits) === bits), letter);
    assertNotEquals(accented, plain, letter);
  }
});

Deno.test("an i loses its dot under an accent", () => {
  const dotless = glyphOf(0x131).rows;
  assertEquals(glyphOf("ì".codePointAt(0)!).rows.slice(5), dotless.slice(5));
  assertNotEquals(glyphOf("ï".codePointAt(0)!).rows, glyphOf("i".codePointAt(0)!).rows);
});

Deno.test("any other character is a box with its number, not the same for two", () => {
  const boxes = [0x6f22, 0x5b57, 0x1f600, 0x10ffff, 0xd800, 0, 9, 0x1f601].map(glyphOf);
  assertEquals(new Set(boxes.map(({ rows }) => rows.join())).size, boxes.length);
  for (const { width, rows } of boxes) {
    assertEquals([width, rows.length], [16, CELL_HEIGHT]);
    assertEquals([rows[0], rows[1], rows[15]], [0, 0x7fff, 0x7fff]);
    assert(rows.slice(2, 15).every((bits) => (bits & ~0x3ffe) === 0x4001));
  }
});

Deno.test("text is as wide as its characters", () => {
  assertEquals(textWidth(""), 0);
  assertEquals(textWidth("ab é"), 32);
  assertEquals(textWidth("a漢"), 24);
});

Deno.test("text that does not fit is cut", () => {
  assertEquals(fitText("abc", 24), "abc");
  assertEquals(fitText("abcd", 24), "ab…");
  assertEquals(fitText("漢漢漢", 40), "漢漢…");
  assertEquals(fitText("ab\ncd", 80), "ab");
  assertEquals(fitText("😀😀😀😀", 33), "😀…");
  assertEquals(fitText("x".repeat(1e6), 80), "xxxxxxxxx…");
});

Deno.test("text is drawn in its colour, at its scale, bold", () => {
  const dots = (style: { scale?: number; bold?: boolean }) => {
    const frame = new Framebuffer(64, 64);
    drawText(new Painter(frame), 0, 0, "|", { colour: 0x123456, ...style });
    assert(frame.pixels.every((word) => word === 0 || word === 0x123456));
    return frame.pixels.filter((word) => word !== 0).length;
  };
  assertEquals(dots({}), 12);
  assertEquals(dots({ scale: 3 }), 12 * 9);
  assertEquals(dots({ bold: true }), 24);
});
