import { assertEquals, assertRejects } from "@std/assert";
import { ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { GREETING, readProtocolVersion } from "../../src/rfb/protocol_version.ts";
import { inPieces, sourceOf } from "../support/chunks.ts";

const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("the server opens with the highest published version", () => {
  assertEquals(new TextDecoder().decode(GREETING), "RFB 003.008\n");
});

for (
  const [text, version] of [
    ["003.003", 3],
    ["003.007", 7],
    ["003.008", 8],
    ["003.004", 3], // UltraVNC's repeater
    ["003.005", 3], // "should be interpreted as 3.3"
    ["003.006", 3],
    ["003.000", 3],
    ["003.016", 8],
    ["003.889", 8], // Apple
    ["004.000", 8],
    ["005.000", 8], // RealVNC
    ["999.999", 8],
  ] as const
) {
  Deno.test(`a viewer that says ${text} speaks 3.${version}`, async () => {
    const bytes = encode(`RFB ${text}\n`);
    assertEquals(await readProtocolVersion(sourceOf(bytes)), version);
    assertEquals(await readProtocolVersion(sourceOf(...inPieces(bytes, 1))), version);
  });
}

for (
  const text of [
    "RFB 003.008\r",
    "RFB 003.0080",
    "RFB 3.8     ",
    "RFB 00a.008\n",
    "RFB -03.008\n",
    "RFB 002.002\n",
    "GET / HTTP/1",
    "SSH-2.0-Open",
    "\0\0\0\0\0\0\0\0\0\0\0\0",
  ]
) {
  Deno.test(`${JSON.stringify(text)} is refused as a version`, async () => {
    await assertRejects(() => readProtocolVersion(sourceOf(encode(text))), ProtocolError);
  });
}

Deno.test("a version cut at any length is no version", async () => {
  for (let length = 0; length < GREETING.length; length++) {
    const cut = sourceOf(GREETING.slice(0, length));
    await assertRejects(() => readProtocolVersion(cut), ConnectionClosed);
  }
});
