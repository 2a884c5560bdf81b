import { assertEquals, assertRejects } from "@std/assert";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { ByteSource } from "../../src/rfb/byte_source.ts";
import {
  type ClientMessage,
  MAX_CUT_TEXT,
  readClientMessage,
} from "../../src/rfb/client_messages.ts";
import { ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { inPieces, sourceOf } from "../support/chunks.ts";

/** Bytes written out by hand from the specification, and what they mean. */
const MESSAGES: readonly (readonly [bytes: number[], message: ClientMessage])[] = [
  [
    [0, 9, 9, 9, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 9, 9, 9],
    { type: "SetPixelFormat", format: NATIVE_FORMAT },
  ],
  [[2, 9, 0, 0], { type: "SetEncodings", encodings: [] }],
  [
    [2, 9, 0, 3, 0, 0, 0, 16, 0xff, 0xff, 0xff, 0x11, 0xc0, 0xa1, 0xe5, 0xce],
    { type: "SetEncodings", encodings: [16, -239, 0xc0a1e5ce | 0] },
  ],
  [
    [3, 1, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08],
    {
      type: "FramebufferUpdateRequest",
      incremental: true,
      rect: { x: 0x102, y: 0x304, width: 0x506, height: 0x708 },
    },
  ],
  [
    [3, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    {
      type: "FramebufferUpdateRequest",
      incremental: false,
      rect: { x: 65535, y: 65535, width: 65535, height: 65535 },
    },
  ],
  [[4, 1, 9, 9, 0, 0, 0xff, 0x0d], { type: "KeyEvent", down: true, keysym: 0xff0d }],
  [[4, 0, 9, 9, 0xff, 0xff, 0xff, 0xff], { type: "KeyEvent", down: false, keysym: 0xffffffff }],
  [[5, 0x85, 0, 7, 1, 0], { type: "PointerEvent", buttons: 0x85, x: 7, y: 256 }],
  [[6, 9, 9, 9, 0, 0, 0, 0], { type: "ClientCutText", length: 0, text: "" }],
  [
    [6, 9, 9, 9, 0, 0, 0, 4, 0x61, 0x0a, 0xe9, 0x00],
    { type: "ClientCutText", length: 4, text: "a\né\0" },
  ],
];

for (const [numbers, message] of MESSAGES) {
  const bytes = Uint8Array.from(numbers);

  Deno.test(`${message.type} of ${bytes.length} bytes is read whole and in pieces`, async () => {
    for (let size = 1; size <= bytes.length; size++) {
      const source = sourceOf(...inPieces(bytes, size));
      assertEquals(await readClientMessage(source), message);
      assertEquals(await readClientMessage(source), undefined);
    }
  });

  Deno.test(`${message.type} of ${bytes.length} bytes cut at any length is no message`, async () => {
    for (let length = 1; length < bytes.length; length++) {
      const cut = sourceOf(bytes.slice(0, length));
      await assertRejects(() => readClientMessage(cut), ConnectionClosed);
    }
  });
}

Deno.test("messages follow each other in one stream, however it is cut", async () => {
  const stream = Uint8Array.from(MESSAGES.flatMap(([bytes]) => bytes));
  for (let size = 1; size <= stream.length; size++) {
    const source = sourceOf(...inPieces(stream, size));
    for (const [, message] of MESSAGES) assertEquals(await readClientMessage(source), message);
    assertEquals(await readClientMessage(source), undefined);
  }
});

Deno.test("a message type that was not negotiated is refused", async () => {
  const known = [0, 2, 3, 4, 5, 6];
  for (let type = 0; type < 256; type++) {
    if (known.includes(type)) continue;
    const source = sourceOf(Uint8Array.of(type, ...new Array(64).fill(0)));
    await assertRejects(() => readClientMessage(source), ProtocolError, `${type}`);
  }
});

Deno.test("an invalid pixel format is refused", async () => {
  const source = sourceOf(Uint8Array.of(0, 0, 0, 0, 24, ...new Array(15).fill(0)));
  await assertRejects(() => readClientMessage(source), ProtocolError);
});

/** A stream of zeros behind a head, that counts what was taken from it. */
function endless(head: number[]): { source: ByteSource; taken(): number } {
  const zeros = new Uint8Array(1 << 16);
  let taken = 0;
  const read = () => {
    const chunk = taken === 0 ? Uint8Array.from(head) : zeros;
    taken += chunk.length;
    return Promise.resolve(chunk);
  };
  return { source: new ByteSource({ read }), taken: () => taken };
}

Deno.test("a text at the limit is taken, a longer one passed over, and the viewer stays", async () => {
  const length = (
    value: number,
  ) => [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
  const fits = endless([6, 0, 0, 0, ...length(MAX_CUT_TEXT)]);
  const taken = await readClientMessage(fits.source);
  assertEquals(taken, {
    type: "ClientCutText",
    length: MAX_CUT_TEXT,
    text: "\0".repeat(MAX_CUT_TEXT),
  });

  const long = endless([6, 0, 0, 0, ...length(MAX_CUT_TEXT + 1)]);
  const passed = await readClientMessage(long.source);
  assertEquals(passed, { type: "ClientCutText", length: MAX_CUT_TEXT + 1, text: undefined });
  assertEquals(long.taken() > MAX_CUT_TEXT, true);
});

Deno.test("a text that claims 4 GB and ends costs no memory", async () => {
  const source = sourceOf(Uint8Array.of(6, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3));
  await assertRejects(() => readClientMessage(source), ConnectionClosed);
});
