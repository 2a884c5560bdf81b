import { assertEquals, assertThrows } from "@std/assert";
import { constants, deflateSync, inflateSync } from "node:zlib";
import { ProtocolError } from "../../src/rfb/errors.ts";
import {
  CLIPBOARD,
  clipboardCaps,
  clipboardNotify,
  clipboardProvide,
  clipboardRequest,
  inflateClipboard,
  providedLength,
} from "../../src/rfb/extended_clipboard.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const LIMIT = 1 << 20;

/** The text in a stream; undefined where it is too long. */
function inflateText(compressed: Uint8Array): string | undefined {
  const { text } = CLIPBOARD;
  const provide = { action: "provide", formats: text, compressed } as const;
  return inflateClipboard(provide, text).content.text;
}

/** A size and data, as they stand in the zlib stream. */
function pair(text: string, size = new TextEncoder().encode(text).length): Uint8Array {
  const data = new TextEncoder().encode(text);
  const head = bytes(size >>> 24, size >>> 16 & 255, size >>> 8 & 255, size & 255);
  return bytes(...head, ...data);
}

Deno.test("caps say what is received, and the text's size where it is", () => {
  assertEquals(
    clipboardCaps(CLIPBOARD.text | CLIPBOARD.request | CLIPBOARD.notify),
    bytes(3, 0, 0, 0, 0xff, 0xff, 0xff, 0xf8, 0x0b, 0, 0, 1, 0, 0, 0, 0),
  );
  assertEquals(
    clipboardCaps(0),
    bytes(3, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc, 0x01, 0, 0, 0),
  );
});

Deno.test("request and notify", () => {
  assertEquals(clipboardRequest(1), bytes(3, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc, 0x02, 0, 0, 1));
  assertEquals(clipboardNotify(0), bytes(3, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc, 0x08, 0, 0, 0));
});

Deno.test("provide: UTF-8 with CRLF and a NUL, in a zlib stream that has no end", () => {
  const message = clipboardProvide({ text: "é€\n漢\r\n😀" }, CLIPBOARD.text);
  const view = new DataView(message.buffer, message.byteOffset);
  assertEquals(view.getInt32(4), -(message.length - 8));
  assertEquals(view.getUint32(8), 0x10000001);
  const stream = message.subarray(12);
  assertEquals(stream.subarray(-4), bytes(0, 0, 0xff, 0xff));
  const plain = inflateSync(stream, { finishFlush: constants.Z_SYNC_FLUSH });
  assertEquals(new Uint8Array(plain), pair("é€\r\n漢\r\n😀\0"));
  assertEquals(providedLength({ text: "é€\n漢\r\n😀" }, "text"), plain.length - 4);
});

Deno.test("a text survives the way there and back", () => {
  for (const text of ["", "\n", "a\0b", "é€漢😀\nline\n", "x".repeat(LIMIT - 1)]) {
    assertEquals(inflateText(clipboardProvide({ text }, CLIPBOARD.text).subarray(12)), text);
  }
});

Deno.test("text is taken with and without an end of the stream, a NUL or CRs, and what follows", () => {
  for (const finishFlush of [constants.Z_FINISH, constants.Z_SYNC_FLUSH, constants.Z_FULL_FLUSH]) {
    for (const text of ["a\r\né\0", "a\né\0", "a\r\né", "a\né"]) {
      for (const behind of ["", "\0\0\0\x02<>"]) {
        const plain = bytes(...pair(text), ...new TextEncoder().encode(behind));
        assertEquals(inflateText(deflateSync(plain, { finishFlush })), "a\né");
      }
    }
  }
});

Deno.test("a stream that ends at any place before its end is no clipboard", () => {
  const stream = deflateSync(pair("some text\0"));
  // Without the checksum (4 bytes) and the end of the last block it is whole.
  for (let length = 0; length < stream.length - 6; length++) {
    assertThrows(() => inflateText(stream.subarray(0, length)), ProtocolError);
  }
});

Deno.test("what isn't zlib, or says that it is longer than it is, is no clipboard", () => {
  for (
    const stream of [
      bytes(1, 2, 3, 4),
      bytes(0x78, 0xbb, 1, 2, 3, 4, 5, 6),
      bytes(0x78, 0x9c, 0xff, 0xff, 0xff),
      deflateSync(bytes(0, 0, 0)),
      deflateSync(pair("abc", 4)),
    ]
  ) {
    assertThrows(() => inflateText(stream), ProtocolError);
  }
});

Deno.test("a text over the limit is refused without being made", () => {
  assertEquals(inflateText(deflateSync(pair("abcd", LIMIT + 1))), undefined);
  assertEquals(inflateText(deflateSync(pair("", 0xffffffff))), undefined);
  // 64 kB that would become 64 MB.
  assertEquals(inflateText(deflateSync(new Uint8Array(64 << 20))), undefined);
});

Deno.test("what follows the text doesn't count", () => {
  const rich = new Uint8Array(2 << 20);
  rich.set(pair("text\0"));
  assertEquals(inflateText(deflateSync(rich)), "text");
});

const { text: TEXT, rtf: RTF, html: HTML, dib: DIB } = CLIPBOARD;
const ALL_FORMATS = TEXT | RTF | HTML | DIB;
const RICH = { text: "é\n", rtf: bytes(1, 2), html: "<b>漢</b>", dib: bytes(40, 0, 3) };

/** What a viewer would provide. */
function provided(formats: number, compressed: Uint8Array) {
  return { action: "provide", formats, compressed } as const;
}

Deno.test("all formats survive the way there and back, and those alone are taken that are wanted", () => {
  const stream = clipboardProvide(RICH, ALL_FORMATS).subarray(12);
  const whole = inflateClipboard(provided(ALL_FORMATS, stream), ALL_FORMATS);
  assertEquals(whole.isCut, false);
  assertEquals({ ...whole.content, html: undefined }, { ...RICH, html: undefined });
  assertEquals(
    whole.content.html,
    "<html><body><!--StartFragment--><b>漢</b><!--EndFragment--></body></html>",
  );
  const image = inflateClipboard(provided(ALL_FORMATS, stream), DIB);
  assertEquals(image, { content: { dib: RICH.dib }, isCut: false });
});

Deno.test("formats that nobody knows are passed over", () => {
  const unknown = 1 << 4;
  const stream = deflateSync(bytes(0, 0, 0, 1, 7, 0, 0, 0, 2, 8, 9, ...pair("x\0")));
  const taken = inflateClipboard(provided(RTF | DIB | unknown, stream), RTF | DIB);
  assertEquals(taken.content, { rtf: bytes(7), dib: bytes(8, 9) });
});

Deno.test("a format that is too long is left out, the others are taken", () => {
  const long = new Uint8Array(LIMIT + 1);
  const plain = new Uint8Array(8 + long.length + 2);
  plain.set(pair("", long.length));
  plain.set([0, 0, 0, 2, 5, 6], 4 + long.length);
  const taken = inflateClipboard(provided(TEXT | RTF, deflateSync(plain)), TEXT | RTF);
  assertEquals(taken, { content: { rtf: bytes(5, 6) }, isCut: true });
});

Deno.test("several formats that end at any place before their end are no clipboard", () => {
  const plain = inflateSync(clipboardProvide(RICH, ALL_FORMATS).subarray(12), {
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  for (let length = 0; length < plain.length; length++) {
    const stream = deflateSync(plain.subarray(0, length));
    assertThrows(
      () => inflateClipboard(provided(ALL_FORMATS, stream), ALL_FORMATS),
      ProtocolError,
    );
  }
});
