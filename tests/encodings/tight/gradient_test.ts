import { assert, assertEquals } from "@std/assert";
import { differences, hasGradient } from "../../../src/encodings/tight/gradient.ts";
import { NATIVE_FORMAT } from "../../../src/frame/pixel_format.ts";
import { PIXEL_FORMATS } from "../../support/pixel_formats.ts";

Deno.test("differences to what the pixels left, above and above left let expect", () => {
  // One colour after the other: a plain number, one that is expected too high, one too low.
  const values = Uint32Array.of(0x10_ff_00, 0x12_ff_08, 0x20_00_ff, 0x21_00_f0);
  const expected = [
    // The first row: less the pixel to the left. 0xff - 0 and 0 - 0xff are the same modulo 256.
    [0x10, 0xff, 0x00],
    [0x02, 0x00, 0x08],
    // The second row: less the pixel above; then 20 + 12 - 10 = 22, 00 + ff - ff = 00 and
    // ff + 08 - 00 = 107, which is cut to ff.
    [0x10, 0x01, 0xff],
    [0xff, 0x00, 0xf1],
  ].map(([red, green, blue]) => red! << 16 | green! << 8 | blue!);
  assertEquals([...differences(values, 2, NATIVE_FORMAT)], expected);
});

Deno.test("differences in 16 bits a pixel are modulo each colour's own size", () => {
  const format = PIXEL_FORMATS["16 565"]!;
  const values = Uint32Array.of(31 << 11 | 1 << 5 | 2, 30 << 11 | 0 << 5 | 5);
  assertEquals([...differences(values, 2, format)], [values[0]!, 31 << 11 | 63 << 5 | 3]);
});

Deno.test("not every format has differences", () => {
  const names = Object.keys(PIXEL_FORMATS).filter((name) => !hasGradient(PIXEL_FORMATS[name]!));
  assertEquals(names, ["16 odd maxima", "8 332", "8 222", "8 colour map", "32 colour map"]);
  assert(hasGradient(NATIVE_FORMAT));
});
