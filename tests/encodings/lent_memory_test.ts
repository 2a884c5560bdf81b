import { assert, assertEquals } from "@std/assert";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { PixelCoding, RectEncoder } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { giveBack, keep, lend } from "../../src/encodings/lent_memory.ts";
import { SharedEncodings } from "../../src/encodings/shared_encodings.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { Region } from "../../src/frame/region.ts";
import { ENCODERS } from "../support/encoders.ts";
import { photo } from "../support/pictures.ts";

const BYTES = Uint8Array.from({ length: 600_000 }, (_, i) => i * 7);
const RAW: PixelCoding = { encoding: ENCODING.Raw, format: NATIVE_FORMAT, settings: {} };

Deno.test("what was given back is lent again, once", () => {
  const first = lend(BYTES);
  assertEquals(first, BYTES);
  giveBack(first);
  giveBack(first);
  const [second, third] = [lend(BYTES), lend(BYTES.subarray(1))];
  assert(second.buffer === first.buffer);
  assert(third.buffer !== second.buffer);
  assertEquals(second, BYTES);
  assertEquals(third, BYTES.subarray(1));
});

Deno.test("what is kept, or was never lent, isn't lent again", () => {
  const kept = lend(BYTES);
  keep(kept);
  giveBack(kept);
  const other = BYTES.slice();
  giveBack(other);
  assert(![kept.buffer, other.buffer].includes(lend(BYTES).buffer));
});

for (const late of [false, true]) {
  Deno.test(`what viewers share is never lent again, ${late ? "late" : "at once"} as it comes`, async () => {
    const here = encodeHere(ENCODERS);
    const encoder: RectEncoder = late
      ? { encode: (...args) => Promise.resolve(here.encode(...args)) }
      : here;
    const shared = new SharedEncodings(encoder);
    const frame = photo(500, 400);
    const results = [1, 2].map(() => shared.encode(frame, frame.bounds, RAW));
    // Nobody else is to get it, but those who asked still do.
    shared.invalidate(Region.of(frame.bounds));
    const [one, other] = await Promise.all(results);
    const { head } = other![0]!;
    const before = head.slice();
    for (const { head } of one!) giveBack(head);
    lend(BYTES);
    assertEquals(head, before);
  });
}
