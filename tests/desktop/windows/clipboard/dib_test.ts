import { assertEquals } from "@std/assert";
import { isDib } from "../../../../src/desktop/windows/clipboard/dib.ts";
import { dibOf, type DibShape } from "./dibs.ts";

const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const JPEG = 4;

Deno.test("dib: every kind of bitmap is one, and none that lacks its last byte", () => {
  const shapes: DibShape[] = [
    ...[1, 4, 8, 16, 24, 32].map((bits) => ({ bits, width: 5, height: 3 })),
    ...[52, 56, 108, 124].map((size) => ({ size, bits: 32, compression: BITFIELDS })),
    { width: 7, height: -5 },
    { bits: 8, colours: 3 },
    { bits: 24, colours: 3 },
    { bits: 8, compression: RLE8, width: 1000, height: 1000, image: 6 },
    { bits: 4, compression: RLE4, width: 1000, height: 1000, image: 6 },
  ];
  for (const shape of shapes) {
    const dib = dibOf(shape);
    assertEquals([isDib(dib), isDib(dib.subarray(0, -1))], [true, false], JSON.stringify(shape));
  }
});

Deno.test("dib: masks stand between the oldest header and the pixels", () => {
  const dib = dibOf({ bits: 32, compression: BITFIELDS });
  assertEquals(isDib(dib), false);
  assertEquals(isDib(Uint8Array.from([...dib, ...new Uint8Array(12)])), true);
});

Deno.test("dib: whatever else a header says is refused", () => {
  const shapes: DibShape[] = [
    { width: 0, image: 4 },
    { width: -1, image: 4 },
    { height: 0, image: 4 },
    { bits: 0, image: 4 },
    { bits: 2 },
    { bits: 8, colours: 257 },
    { bits: 24, compression: BITFIELDS },
    { bits: 24, compression: JPEG },
    { bits: 8, compression: RLE4 },
    { bits: 8, compression: RLE8, height: -1 },
    { width: 2 ** 31 - 1, height: -(2 ** 31), image: 4 },
    { colours: 0, bits: 32, width: 2 ** 30, height: 4, image: 4 },
  ];
  for (const shape of shapes) assertEquals(isDib(dibOf(shape)), false, JSON.stringify(shape));
  for (let length = 0; length < 40; length++) assertEquals(isDib(new Uint8Array(length)), false);
  for (const size of [0, 12, 41, 64, 125, 2 ** 32 - 1]) {
    const dib = dibOf({ width: 50, height: 50 });
    new DataView(dib.buffer).setUint32(0, size, true);
    assertEquals(isDib(dib), false, `a header of ${size}`);
  }
  const planes = dibOf();
  planes[12] = 2;
  assertEquals(isDib(planes), false);
});

Deno.test("dib: a colour profile must be in it, not in a file", () => {
  const withProfile = (kind: number, offset: number, size: number) => {
    const dib = dibOf({ size: 124, bits: 32 });
    const view = new DataView(dib.buffer);
    for (const [at, value] of [[56, kind], [112, offset], [116, size]] as const) {
      view.setUint32(at, value, true);
    }
    return isDib(dib);
  };
  const [embedded, linked, sRgb] = [0x4d424544, 0x4c494e4b, 0x73524742];
  assertEquals(withProfile(sRgb, 2 ** 31, 2 ** 31), true);
  assertEquals(withProfile(embedded, 124, 4), true);
  assertEquals(withProfile(embedded, 124, 5), false);
  assertEquals(withProfile(embedded, 2 ** 32 - 1, 2 ** 32 - 1), false);
  assertEquals(withProfile(linked, 124, 4), false);
});
