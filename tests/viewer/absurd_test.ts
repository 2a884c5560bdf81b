import { assert, assertEquals } from "@std/assert";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { PixelCoding, RectEncoder } from "../../src/encodings/encoding.ts";
import { ENCODERS } from "../support/encoders.ts";
import { Random } from "../support/random.ts";
import { Session } from "../support/session.ts";

// What a viewer may ask for with pseudo-encodings, and numbers just outside of it: levels of
// compression -256 to -247, of quality -32 to -23 and -512 to -412, of subsampling -768 to -763.

const TIGHT = 7;
const NEIGHBOURS = [-22, -33, -246, -411, -513, -762, -769];
const FAR = [-1, 1000, 0x7fffffff, -0x80000000, -0x7fffffff, 0x574d0000];

/** Encodes, and notes for whom. */
class Noting implements RectEncoder {
  readonly #encoder = encodeHere(ENCODERS);
  readonly codings: PixelCoding[] = [];

  encode(...[frame, rect, coding]: Parameters<RectEncoder["encode"]>) {
    this.codings.push(coding);
    return this.#encoder.encode(frame, rect, coding);
  }
}

/** How vncd encodes the first picture for a viewer with this list. */
async function codingFor(encodings: readonly number[]): Promise<PixelCoding> {
  const encoder = new Noting();
  await using session = new Session({}, undefined, undefined, encoder);
  const viewer = await session.viewer();
  await viewer.setEncodings(...encodings);
  await viewer.request(false);
  await viewer.update();
  return encoder.codings[0]!;
}

Deno.test("numbers that are no levels are ignored", async () => {
  const plain = await codingFor([TIGHT]);
  assertEquals(plain.encoding, TIGHT);
  for (const number of [...NEIGHBOURS, ...FAR]) {
    assertEquals(await codingFor([number, TIGHT]), plain, `${number} first`);
    assertEquals(await codingFor([TIGHT, number]), plain, `${number} last`);
  }
});

Deno.test("numbers that are no levels don't hide those that are", async () => {
  const levels = [-252, -27, -440, -766];
  const expected = await codingFor([TIGHT, ...levels]);
  const noise = [...NEIGHBOURS, ...FAR];
  assertEquals(await codingFor([...noise, TIGHT, ...levels, ...noise]), expected);
});

Deno.test("a list of 65535 encodings counts like a short one", async () => {
  const filled = new Array(65535 - 2).fill(-769);
  const plain = await codingFor([TIGHT, -252]);
  assertEquals(await codingFor([TIGHT, ...filled, -252]), plain);
});

Deno.test("whatever list of numbers it is, the settings are within their bounds", async () => {
  const random = new Random(55);
  for (let n = 0; n < 100; n++) {
    const list = Array.from({ length: random.below(50) }, () => 20 - random.below(800));
    const { encoding, settings } = await codingFor(list);
    const { compressLevel = 0, quality = 1 } = settings;
    assert(ENCODERS.has(encoding), `encoding ${encoding}`);
    assert(Number.isInteger(compressLevel) && compressLevel >= 0 && compressLevel <= 9);
    assert(Number.isInteger(quality) && quality >= 1 && quality <= 100, `quality ${quality}`);
  }
});

Deno.test("any scale is ignored: the picture keeps its size", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  for (const type of [8, 15]) {
    for (const scale of [0, 1, 2, 255]) await viewer.write(type, scale, 0, 0);
  }
  await viewer.request(false);
  const { rects } = await viewer.update();
  assertEquals(rects.map(({ width, height }) => [width, height]), [[64, 48]]);
});
