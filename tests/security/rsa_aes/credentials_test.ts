import { assertEquals, assertThrows } from "@std/assert";
import { ProtocolError } from "../../../src/rfb/errors.ts";
import { MAX_CREDENTIALS, parseCredentials } from "../../../src/security/rsa_aes/credentials.ts";

const utf8 = new TextEncoder();

Deno.test("credentials are a name and a password, each behind its length", () => {
  const parsed = parseCredentials(Uint8Array.of(4, ...utf8.encode("zoë"), 2, 0xff, 0));
  assertEquals(parsed, { name: "zoë", password: Uint8Array.of(0xff, 0) });
  assertEquals(parseCredentials(Uint8Array.of(0, 0)), { name: "", password: new Uint8Array(0) });
  const longest = new Uint8Array(MAX_CREDENTIALS).fill(0x61).with(0, 255).with(256, 255);
  assertEquals(parseCredentials(longest).name, "a".repeat(255));
  assertEquals(parseCredentials(longest).password.length, 255);
});

Deno.test("credentials whose lengths don't fit are refused", () => {
  const wrong = [[], [0], [1], [1, 2], [0, 1], [0, 0, 0], [1, 97, 1], [255, 0, 0], [0, 3, 1, 2]];
  for (const bytes of wrong) {
    assertThrows(() => parseCredentials(Uint8Array.from(bytes)), ProtocolError, "lengths");
  }
});
