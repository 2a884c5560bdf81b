import { assertEquals } from "@std/assert";
import { encodeLatin1 } from "../../src/latin1.ts";
import { type Speech, speechOf } from "../../src/web/first_bytes.ts";

/** What peers say first: how much of it must be there to know what it is, and what that is. */
const WORDS: readonly (readonly [text: string, needed: number, speech: Speech])[] = [
  ["GET / HTTP/1.1\r\n", 4, "http"],
  ["HEAD / HTTP/1.1\r\n", 5, "http"],
  ["OPTIONS * HTTP/1.1\r\n", 8, "http"],
  ["CONNECT a:1 HTTP/1.1\r\n", 8, "http"],
  ["PRI * HTTP/2.0\r\n", 4, "http"],
  ["\x16\x03\x01\x02\x00\x01", 2, "tls"],
  ["PROXY TCP4 192.0.2.7", 6, "proxy"],
  ["\r\n\r\n\0\r\nQUIT\n\x21\x11", 12, "proxy"],
  ["RFB 003.008\n", 1, "rfb"],
  ["\x16\x02\x01", 2, "rfb"],
  ["GETS /", 4, "rfb"],
  ["get / HTTP/1.1", 1, "rfb"],
  ["POSTPONED", 5, "rfb"],
  ["\r\n\r\n\0\r\nQUIT?", 12, "rfb"],
  ["\0", 1, "rfb"],
];

for (const [text, needed, speech] of WORDS) {
  Deno.test(`${JSON.stringify(text)} is ${speech}, from its byte ${needed} on`, () => {
    const all = encodeLatin1(text);
    for (let length = 0; length < needed; length++) {
      assertEquals(speechOf(all.subarray(0, length)), undefined, `${length}`);
    }
    for (let length = needed; length <= all.length; length++) {
      assertEquals(speechOf(all.subarray(0, length)), speech, `${length}`);
    }
  });
}
