import { assertEquals } from "@std/assert";
import { constants, inflateRawSync, inflateSync } from "node:zlib";
import { compress } from "../../src/encodings/deflate.ts";
import { createTight } from "../../src/encodings/tight/tight.ts";
import { ZlibStreams } from "../../src/encodings/zlib_streams.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { concat, words } from "../support/bytes.ts";
import { decodeAll } from "../support/decode_rects.ts";
import { photo, userInterface } from "../support/pictures.ts";

type Sendable = Parameters<ZlibStreams["chunks"]>[0];

const SYNC = { finishFlush: constants.Z_SYNC_FLUSH };

function compressed(stream: string, bytes: Uint8Array, head = new Uint8Array()): Sendable {
  return { head, deflated: { stream, segment: compress(bytes) } };
}

Deno.test("a rectangle without a compressed part goes as it is", () => {
  const head = Uint8Array.of(1, 2, 3);
  assertEquals(new ZlibStreams().chunks({ head }), [head]);
});

Deno.test("the head comes first, then the length, the stream's header once, and the segment", () => {
  const streams = new ZlibStreams();
  const rect = compressed("a", words(1, 300), Uint8Array.of(9, 8));
  const { segment } = rect.deflated!;
  const length = (n: number) => Uint8Array.of(0, 0, n >> 8, n & 0xff);
  const first = concat(...streams.chunks(rect));
  const header = Uint8Array.of(0x78, 0x01);
  assertEquals(first, concat(rect.head, length(segment.length + 2), header, segment));
  const second = concat(...streams.chunks(rect));
  assertEquals(second, concat(rect.head, length(segment.length), segment));
});

Deno.test("each viewer and each stream is opened on its own", () => {
  const rects = [compressed("a", words(1, 90)), compressed("b", words(2, 90))];
  const late = new ZlibStreams();
  const early = new ZlibStreams();
  early.chunks(rects[0]!);
  for (const [viewer, order] of [[early, [1, 0, 1]], [late, [1, 1, 0]]] as const) {
    const sent: Record<string, Uint8Array[]> = { a: [], b: [] };
    for (const n of order) {
      const [, ...pieces] = viewer.chunks(rects[n]!);
      sent[rects[n]!.deflated!.stream]!.push(...pieces);
    }
    const b = new Uint8Array(inflateSync(concat(...sent.b!), SYNC));
    assertEquals(b, concat(words(2, 90), words(2, 90)));
    const a = concat(...sent.a!);
    const inflate = viewer === early ? inflateRawSync : inflateSync;
    assertEquals(new Uint8Array(inflate(a, SYNC)), words(1, 90));
  }
});

Deno.test("a Tight rectangle that opens a stream has its reset bit set, and compact lengths", () => {
  const streams = new ZlibStreams();
  const head = Uint8Array.of(0x60, 1);
  const segment = words(1, 126);
  const rect = { head, deflated: { stream: "b", segment, tightStream: 2 } };
  // With the stream's header 128 bytes, and 126 without.
  assertEquals(concat(...streams.chunks(rect)).subarray(0, 6).toHex(), "640180017801");
  assertEquals(concat(...streams.chunks(rect)), concat(head, Uint8Array.of(126), segment));
  assertEquals(head, Uint8Array.of(0x60, 1), "other viewers get it too");
  const other = { head: Uint8Array.of(0x10), deflated: { stream: "c", segment, tightStream: 1 } };
  assertEquals(concat(...streams.chunks(other)).subarray(0, 5).toHex(), "1280017801");
});

Deno.test("viewers that join at any time share Tight rectangles", async () => {
  const tight = createTight({ name: "none", encode: () => new Uint8Array() });
  const frame = new Framebuffer(128, 128, userInterface(128, 128).pixels);
  frame.pixels.set(photo(128, 64).pixels);
  for (let x = 0; x < 128; x++) frame.pixels[127 * 128 + x] = x % 3 === 0 ? 0xffffff : 0;
  const part = (y: number, height: number, withoutGradient = false) =>
    tight.encode(frame, { x: 0, y, width: 128, height }, NATIVE_FORMAT, { withoutGradient });
  const rects = [...part(0, 32, true), ...part(32, 32), ...part(64, 63), ...part(127, 1)];
  assertEquals(rects.map(({ deflated }) => deflated?.tightStream), [0, 3, 2, 1]);
  for (const first of rects.keys()) {
    const picture = await decodeAll([...rects.slice(first), ...rects], frame);
    assertEquals(picture.pixels, frame.pixels);
  }
});
