import { assert, assertEquals, assertRejects } from "@std/assert";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { ByteSource } from "../../src/rfb/byte_source.ts";
import { type ClientMessage, readClientMessage } from "../../src/rfb/client_messages.ts";
import { MAX_CUT_TEXT, MAX_EXTENDED_CUT_TEXT } from "../../src/rfb/cut_text.ts";
import { CLIPBOARD } from "../../src/rfb/extended_clipboard.ts";
import { ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { largestArray } from "../support/largest_array.ts";
import { inPieces, sourceOf } from "../support/chunks.ts";
import { Random } from "../support/random.ts";

const NOTHING = { extendedMouseButtons: false, extendedClipboard: false };
const ALL = { extendedMouseButtons: true, extendedClipboard: true };

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
  [[6, 9, 9, 9, 0, 0, 0, 0], { type: "ClientCutText", text: "" }],
  [[8, 0, 9, 9], { type: "SetScale", scale: 0 }],
  [[15, 255, 9, 9], { type: "SetScale", scale: 255 }],
  [
    [6, 9, 9, 9, 0, 0, 0, 4, 0x61, 0x0a, 0xe9, 0x00],
    { type: "ClientCutText", text: "a\né\0" },
  ],
  [
    [150, 1, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08],
    {
      type: "EnableContinuousUpdates",
      enable: true,
      rect: { x: 0x102, y: 0x304, width: 0x506, height: 0x708 },
    },
  ],
  [
    [248, 9, 9, 9, 0x80, 0, 0, 5, 0],
    { type: "ClientFence", fence: { flags: 0x80000005, payload: new Uint8Array(0) } },
  ],
  [
    [248, 9, 9, 9, 0, 0, 0, 2, 64, ...new Array(64).fill(7)],
    { type: "ClientFence", fence: { flags: 2, payload: new Uint8Array(64).fill(7) } },
  ],
  [[250, 9, 1, 2], { type: "xvp", request: { version: 1, operation: "shutdown" } }],
  [[250, 9, 1, 3], { type: "xvp", request: { version: 1, operation: "reboot" } }],
  [[250, 9, 1, 4], { type: "xvp", request: { version: 1, operation: "reset" } }],
  [[250, 9, 1, 5], { type: "xvp", request: { version: 1, operation: undefined } }],
  [[250, 9, 7, 2], { type: "xvp", request: { version: 7, operation: undefined } }],
  [
    [251, 9, 0x05, 0x00, 0x03, 0x00, 0, 9],
    { type: "SetDesktopSize", layout: { width: 0x500, height: 0x300, screens: [] } },
  ],
  [
    [
      ...[251, 9, 0x07, 0x80, 0x04, 0x38, 2, 9],
      ...[0xff, 0, 0, 1, 0, 0, 0, 1, 0x03, 0xc0, 0x04, 0x38, 0x80, 0, 0, 0],
      ...[0, 0, 0, 2, 0x03, 0xc0, 0, 2, 0x03, 0xc0, 0x04, 0x38, 0, 0, 0, 3],
    ],
    {
      type: "SetDesktopSize",
      layout: {
        width: 1920,
        height: 1080,
        screens: [
          { id: 0xff000001, x: 0, y: 1, width: 960, height: 1080, flags: 0x80000000 },
          { id: 2, x: 960, y: 2, width: 960, height: 1080, flags: 3 },
        ],
      },
    },
  ],
  [
    [255, 0, 0, 1, 0, 0, 0xff, 0x53, 0, 0, 0, 0xcd],
    { type: "QEMUExtendedKeyEvent", down: true, keysym: 0xff53, keycode: 0xcd },
  ],
  [
    [255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xb7],
    { type: "QEMUExtendedKeyEvent", down: false, keysym: 0, keycode: 0x54 },
  ],
];

/** The same, for those messages that something negotiated changes. */
const NEGOTIATED: readonly (readonly [bytes: number[], message: ClientMessage])[] = [
  [[5, 0x05, 0, 7, 1, 0], { type: "PointerEvent", buttons: 5, x: 7, y: 256 }],
  [[5, 0x85, 0, 7, 1, 0, 0x03], { type: "PointerEvent", buttons: 0x185, x: 7, y: 256 }],
  [[5, 0x80, 0, 7, 1, 0, 0x00], { type: "PointerEvent", buttons: 0, x: 7, y: 256 }],
  [[5, 0xff, 0, 7, 1, 0, 0xff], { type: "PointerEvent", buttons: 0x7fff, x: 7, y: 256 }],
  [[6, 9, 9, 9, 0, 0, 0, 1, 0xe9], { type: "ClientCutText", text: "é" }],
  [
    [6, 9, 9, 9, ...minus(8), 0x1f, 0, 0, 1, 0, 0, 1, 0],
    {
      type: "ExtendedClientCutText",
      message: { action: "caps", caps: { flags: 0x1f000001, sizes: { text: 256 } } },
    },
  ],
  [
    [6, 9, 9, 9, ...minus(12), 0x0f, 0, 0x80, 0x02, 0, 0, 1, 0, 9, 9, 9, 9],
    {
      type: "ExtendedClientCutText",
      message: { action: "caps", caps: { flags: 0x0f008002, sizes: { rtf: 256 } } },
    },
  ],
  [
    [6, 9, 9, 9, ...minus(4), 0x02, 0, 0, 1],
    {
      type: "ExtendedClientCutText",
      message: { action: "request", formats: CLIPBOARD.text },
    },
  ],
  [
    [6, 9, 9, 9, ...minus(4), 0x04, 0, 0, 0],
    { type: "ExtendedClientCutText", message: { action: "peek" } },
  ],
  [
    [6, 9, 9, 9, ...minus(4), 0x08, 0, 0, 0x07],
    { type: "ExtendedClientCutText", message: { action: "notify", formats: 7 } },
  ],
  [
    [6, 9, 9, 9, ...minus(7), 0x10, 0, 0, 0x01, 1, 2, 3],
    {
      type: "ExtendedClientCutText",
      message: { action: "provide", formats: 1, compressed: Uint8Array.of(1, 2, 3) },
    },
  ],
];

/** A negative S32. */
function minus(length: number): number[] {
  return [0xff, 0xff, 0xff, 256 - length];
}

for (const [messages, negotiated] of [[MESSAGES, NOTHING], [NEGOTIATED, ALL]] as const) {
  for (const [numbers, message] of messages) {
    const bytes = Uint8Array.from(numbers);
    const name = `${message.type} ${bytes.toHex().slice(0, 40)}`;

    Deno.test(`${name} is read whole and in pieces`, async () => {
      for (let size = 1; size <= bytes.length; size++) {
        const source = sourceOf(...inPieces(bytes, size));
        assertEquals(await readClientMessage(source, negotiated), message);
        assertEquals(await readClientMessage(source, negotiated), undefined);
      }
    });

    Deno.test(`${name} cut at any length is no message`, async () => {
      for (let length = 1; length < bytes.length; length++) {
        const cut = sourceOf(bytes.slice(0, length));
        await assertRejects(() => readClientMessage(cut, negotiated), ConnectionClosed);
      }
    });
  }

  Deno.test(`${messages.length} messages follow each other in one stream, however it is cut`, async () => {
    const stream = Uint8Array.from(messages.flatMap(([bytes]) => bytes));
    for (let size = 1; size <= stream.length; size++) {
      const source = sourceOf(...inPieces(stream, size));
      for (const [, message] of messages) {
        assertEquals(await readClientMessage(source, negotiated), message);
      }
      assertEquals(await readClientMessage(source, negotiated), undefined);
    }
  });
}

Deno.test("an unknown message type is refused", async () => {
  const known = [0, 2, 3, 4, 5, 6, 8, 15, 150, 248, 250, 251, 255];
  for (let type = 0; type < 256; type++) {
    if (known.includes(type)) continue;
    const source = sourceOf(Uint8Array.of(type, ...new Array(64).fill(0)));
    await assertRejects(() => readClientMessage(source, ALL), ProtocolError, `${type}`);
  }
});

/** Messages that are refused as soon as their heads say so: nothing more is needed or read. */
const REFUSED: readonly (readonly [name: string, bytes: number[]])[] = [
  ["a fence with 65 bytes", [248, 0, 0, 0, 0, 0, 0, 0, 65]],
  ["a fence with 255 bytes", [248, 0, 0, 0, 0, 0, 0, 0, 255]],
  ["QEMU audio, which is not announced", [255, 1]],
  ["an unknown QEMU message", [255, 2]],
  ["a clipboard message of 1 byte", [6, 0, 0, 0, ...minus(1)]],
  ["a clipboard message of 3 bytes", [6, 0, 0, 0, ...minus(3)]],
  ["a clipboard message without an action", [6, 0, 0, 0, ...minus(4), 0, 0, 0, 1]],
  ["a clipboard message with two actions", [6, 0, 0, 0, ...minus(4), 0x12, 0, 0, 1]],
  ["a clipboard message with a reserved action", [6, 0, 0, 0, ...minus(4), 0x80, 0, 0, 1]],
  ["caps without their sizes", [6, 0, 0, 0, ...minus(8), 0x1f, 0, 0, 3, 0, 0, 0, 0]],
];

for (const [name, bytes] of REFUSED) {
  Deno.test(`${name}: refused`, async () => {
    const source = sourceOf(Uint8Array.from(bytes));
    await assertRejects(() => readClientMessage(source, ALL), ProtocolError);
  });
}

Deno.test("random bytes are messages, or fail as such, and nothing else happens", async () => {
  const types = [0, 2, 3, 4, 5, 6, 150, 248, 250, 251, 255];
  for (let seed = 1; seed <= 2000; seed++) {
    const random = new Random(seed);
    const bytes = Uint8Array.from({ length: 100 }, () => {
      const any = random.below(256);
      return random.below(2) ? any : types[random.below(types.length)]!;
    });
    bytes[0] = types[random.below(types.length)]!;
    const source = sourceOf(...inPieces(bytes, 1 + random.below(100)));
    try {
      while (await readClientMessage(source, random.below(2) ? ALL : NOTHING) !== undefined);
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof ConnectionClosed)) throw error;
    }
  }
});

Deno.test("an invalid pixel format is refused", async () => {
  const source = sourceOf(Uint8Array.of(0, 0, 0, 0, 24, ...new Array(15).fill(0)));
  await assertRejects(() => readClientMessage(source, NOTHING), ProtocolError);
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
  const taken = await readClientMessage(fits.source, ALL);
  assertEquals(taken, { type: "ClientCutText", text: "\0".repeat(MAX_CUT_TEXT) });

  for (const head of [MAX_CUT_TEXT + 1, -(MAX_EXTENDED_CUT_TEXT + 1)]) {
    const long = endless([6, 0, 0, 0, ...length(head)]);
    const passed = await readClientMessage(long.source, ALL);
    assertEquals(passed, { type: "LongClientCutText", length: Math.abs(head) });
    assertEquals(long.taken() > Math.abs(head), true);
  }
});

Deno.test("a text that claims 4 or 2 GB and ends costs no memory", async () => {
  for (
    const [length, negotiated] of [[[0xff, 0xff, 0xff, 0xff], NOTHING], [
      [0x80, 0, 0, 0],
      ALL,
    ]] as const
  ) {
    const source = sourceOf(Uint8Array.of(6, 0, 0, 0, ...length, 1, 2, 3));
    const largest = await largestArray(() =>
      assertRejects(() => readClientMessage(source, negotiated), ConnectionClosed)
    );
    assert(largest < 1000, `${largest} bytes`);
  }
});
