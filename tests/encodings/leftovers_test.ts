import { assert, assertEquals } from "@std/assert";
import { giveBack, lend } from "../../src/encodings/lent_memory.ts";
import type { Encoder } from "../../src/encodings/encoding.ts";
import { ENCODERS } from "../support/encoders.ts";
import { almostFlat, noise, text } from "../support/pictures.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";

// Memory is used again and again: what was in it before must not get to a viewer, such as in bits that
// fill up a byte, or behind the end of what was written.

const SMALL = [almostFlat(37, 19), text(37, 19)];
const LARGE = noise(100, 70);

/** Everything that an encoder makes of the small pictures, as a text. */
function encodings(encoder: Encoder): string[] {
  return Object.values(PIXEL_FORMATS).flatMap((format) =>
    SMALL.flatMap((frame) => encoder.encode(frame, frame.bounds, format, {}))
      .map(({ head, deflated }) => `${head.toHex()} ${deflated?.segment.toHex()}`)
  );
}

/** What they make where nothing was encoded before. */
const fresh = new Map([...ENCODERS].map(([id, encoder]) => [id, encodings(encoder)]));

for (const [id, encoder] of ENCODERS) {
  Deno.test(`encoding ${id}: nothing of a former picture is in what comes after it`, () => {
    for (const each of ENCODERS.values()) {
      for (const format of Object.values(PIXEL_FORMATS)) {
        for (const { head } of each.encode(LARGE, LARGE.bounds, format, {})) giveBack(head);
      }
    }
    assertEquals(encodings(encoder), fresh.get(id));
  });
}

Deno.test("memory that is lent again shows nothing of who had it before", () => {
  const secret = new Uint8Array(600_000).fill(0x5e);
  const first = lend(secret);
  giveBack(first);
  const plain = new Uint8Array(300_000);
  const second = lend(plain);
  assert(second.buffer === first.buffer);
  // Not by assertEquals, which takes minutes to show how such arrays differ.
  assert(second.length === plain.length && second.every((byte) => byte === 0));
});
