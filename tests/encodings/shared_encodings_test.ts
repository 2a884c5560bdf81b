import { assert, assertEquals, assertRejects } from "@std/assert";
import type { EncodedRect, PixelCoding, RectEncoder } from "../../src/encodings/encoding.ts";
import { SharedEncodings } from "../../src/encodings/shared_encodings.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";
import { translatorFor } from "../../src/frame/translator.ts";
import { Random } from "../support/random.ts";

const CODING: PixelCoding = { encoding: 16, format: NATIVE_FORMAT, settings: { quality: 80 } };
const FRAME = new Framebuffer(100, 100);

/** "Encodes" to the pixels themselves, at once, or when it is told to. */
class Recorder implements RectEncoder {
  readonly calls: Rect[] = [];
  readonly #pending: ((rects: readonly EncodedRect[]) => void)[] = [];
  readonly #results: EncodedRect[][] = [];
  readonly #later: boolean;

  constructor(later = false) {
    this.#later = later;
  }

  encode(frame: Framebuffer, rect: Rect, { encoding }: PixelCoding) {
    this.calls.push(rect);
    const values = translatorFor(NATIVE_FORMAT).values(frame, rect);
    const rects = [{ rect, encoding, head: new Uint8Array(values.buffer) }];
    if (!this.#later) return rects;
    this.#results.push(rects);
    return new Promise<readonly EncodedRect[]>((resolve) => this.#pending.push(resolve));
  }

  get pending(): number {
    return this.#pending.length;
  }

  /** Settles the promise number `n` of those that are pending. */
  settle(n: number): void {
    this.#pending.splice(n, 1)[0]!(this.#results.splice(n, 1)[0]!);
  }
}

const rect = (x: number, y: number, width = 10, height = 10): Rect => ({ x, y, width, height });

Deno.test("what is there already is shared", () => {
  const encoder = new Recorder();
  const shared = new SharedEncodings(encoder);
  const first = shared.encode(FRAME, rect(0, 0), CODING);
  assert(shared.encode(FRAME, rect(0, 0), { ...CODING, format: { ...NATIVE_FORMAT } }) === first);
  assertEquals(encoder.calls.length, 1);
});

Deno.test("what is on its way is waited for together, and then there", async () => {
  const encoder = new Recorder(true);
  const shared = new SharedEncodings(encoder);
  const first = shared.encode(FRAME, rect(0, 0), CODING);
  const second = shared.encode(FRAME, rect(0, 0), CODING);
  encoder.settle(0);
  assert(await first === await second);
  assert(shared.encode(FRAME, rect(0, 0), CODING) === await first);
  assertEquals([encoder.calls.length, shared.bytes], [1, 400]);
});

Deno.test("only what is asked for in the same way is shared", () => {
  const encoder = new Recorder();
  const shared = new SharedEncodings(encoder);
  const { format } = CODING;
  const different: PixelCoding[] = [
    CODING,
    { ...CODING, encoding: 7 },
    { ...CODING, settings: {} },
    { ...CODING, settings: { quality: 81 } },
    { ...CODING, settings: { compressLevel: 80 } },
    { ...CODING, settings: { quality: 80, compressLevel: 2 } },
    { ...CODING, settings: { quality: 80, subsampling: "2X" } },
    { ...CODING, settings: { quality: 80, withoutZlib: true } },
    ...Object.entries(format).map(([name, value]) => ({
      ...CODING,
      format: { ...format, [name]: typeof value === "boolean" ? !value : value + 1 },
    })),
  ];
  for (const coding of different) shared.encode(FRAME, rect(0, 0), coding);
  for (const place of [rect(1, 0), rect(0, 1), rect(0, 0, 11), rect(0, 0, 10, 11)]) {
    shared.encode(FRAME, place, CODING);
  }
  assertEquals(encoder.calls.length, different.length + 4);

  const same = { compressLevel: undefined, quality: 80 };
  shared.encode(FRAME, rect(0, 0), { ...CODING, settings: same });
  assertEquals(encoder.calls.length, different.length + 4);
});

Deno.test("a change is the end of what it meets, and of nothing else", () => {
  const encoder = new Recorder();
  const shared = new SharedEncodings(encoder);
  const places = [rect(0, 0), rect(20, 0), rect(0, 20)];
  const encodeAll = () => places.forEach((place) => shared.encode(FRAME, place, CODING));
  encodeAll();
  shared.invalidate(Region.of(rect(29, 9), rect(10, 0)));
  assertEquals(shared.bytes, 800);
  encodeAll();
  assertEquals(encoder.calls, [...places, rect(20, 0)]);
  shared.clear();
  assertEquals(shared.bytes, 0);
  encodeAll();
  assertEquals(encoder.calls.length, 7);
});

Deno.test("what was on its way at a change isn't kept when it comes", async () => {
  const encoder = new Recorder(true);
  const shared = new SharedEncodings(encoder);
  const old = shared.encode(FRAME, rect(0, 0), CODING);
  shared.invalidate(Region.of(rect(5, 5)));
  const young = shared.encode(FRAME, rect(0, 0), CODING);
  assert(young !== old);
  encoder.settle(0);
  await old;
  assert(shared.encode(FRAME, rect(0, 0), CODING) === young);
  assertEquals(shared.bytes, 0);
  encoder.settle(0);
  assert(shared.encode(FRAME, rect(0, 0), CODING) === young);
  await young;
  assertEquals([encoder.calls.length, shared.bytes], [2, 400]);
});

Deno.test("a failure is told to those who asked, and tried again for the next", async () => {
  let calls = 0;
  const shared = new SharedEncodings({
    encode: () => ++calls === 1 ? Promise.reject(new Error("broken")) : [],
  });
  const first = shared.encode(FRAME, rect(0, 0), CODING) as Promise<unknown>;
  const second = shared.encode(FRAME, rect(0, 0), CODING) as Promise<unknown>;
  await assertRejects(() => first, Error, "broken");
  await assertRejects(() => second, Error, "broken");
  assertEquals(shared.encode(FRAME, rect(0, 0), CODING), []);
});

Deno.test("what is oldest goes when there is too much", async () => {
  const encoder = new Recorder();
  const shared = new SharedEncodings(encoder, 1000);
  for (const x of [0, 10, 20]) shared.encode(FRAME, rect(x, 0), CODING);
  assertEquals(shared.bytes, 800);
  shared.encode(FRAME, rect(20, 0), CODING);
  assertEquals(encoder.calls.length, 3);
  shared.encode(FRAME, rect(0, 0), CODING);
  assertEquals(encoder.calls.length, 4);
  // More than fits at all.
  shared.encode(FRAME, rect(0, 0, 50, 50), CODING);
  assertEquals(shared.bytes, 0);

  const later = new Recorder(true);
  const pending = new SharedEncodings(later, 1000);
  const results = [0, 10, 20].map((x) => pending.encode(FRAME, rect(x, 0), CODING));
  while (later.pending > 0) later.settle(0);
  await Promise.all(results);
  assertEquals(pending.bytes, 800);
});

Deno.test("small entries are limited in number", () => {
  const encoder = new Recorder();
  const shared = new SharedEncodings(encoder);
  for (let n = 0; n < 3000; n++) {
    shared.encode(FRAME, rect(n % 90, Math.floor(n / 90), 1, 1), CODING);
  }
  assertEquals(shared.bytes, 1024 * 4);
});

Deno.test("memory is counted as it is held: whole buffers, each once", () => {
  const buffer = new ArrayBuffer(1000);
  const encoded = {
    rect: rect(0, 0),
    encoding: 16,
    head: new Uint8Array(buffer, 0, 1),
    deflated: { stream: "zrle", segment: new Uint8Array(buffer, 1, 1) },
  };
  const shared = new SharedEncodings({ encode: () => [encoded, encoded] });
  shared.encode(FRAME, rect(0, 0), CODING);
  assertEquals(shared.bytes, 1000);
});

Deno.test("nobody gets pixels from before the last change, however results come in", async () => {
  const random = new Random(7);
  const frame = new Framebuffer(12, 12);
  const encoder = new Recorder(true);
  const shared = new SharedEncodings(encoder, 2000);
  const somewhere = () => rect(random.below(9), random.below(9), 1 + random.below(3), 1);
  const block = () => rect(random.below(3) * 4, random.below(3) * 4, 4, 4);
  const checks: Promise<void>[] = [];
  for (let step = 1; step <= 5000; step++) {
    const choice = random.below(6);
    if (choice === 0) {
      const place = somewhere();
      for (let y = place.y; y < place.y + place.height; y++) {
        frame.pixels.fill(step, y * 12 + place.x, y * 12 + place.x + place.width);
      }
      shared.invalidate(Region.of(place));
    } else if (choice === 1 && encoder.pending > 0) {
      encoder.settle(random.below(encoder.pending));
      await null;
    } else {
      const place = block();
      const expected = new Uint8Array(translatorFor(NATIVE_FORMAT).values(frame, place).buffer);
      const result = shared.encode(frame, place, CODING);
      checks.push(Promise.resolve(result).then(([only]) => assertEquals(only!.head, expected)));
    }
  }
  while (encoder.pending > 0) encoder.settle(0);
  await Promise.all(checks);
  assert(encoder.calls.length < checks.length * 0.9, "nothing was shared");
});
