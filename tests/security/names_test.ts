import { assertEquals } from "@std/assert";
import { createCipheriv, createHash } from "node:crypto";
import { decodeName } from "../../src/security/accounts/name_and_password.ts";
import { decryptCredentials } from "../../src/security/apple_dh.ts";
import { parseCredentials } from "../../src/security/rsa_aes/credentials.ts";
import { UnixLogin } from "../../src/security/unix_login.ts";
import { u32 } from "../support/bytes.ts";
import { patientGate } from "../support/gate.ts";
import { authenticate, OneAccount } from "../support/security.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** As one keyboard or another makes it, and the form in which it is stored. */
const TYPED = "zoe\u0308";
const STORED = "zoë";

/** Behind a byte order mark: another name. */
const MARKED = "\ufeffzoë";

Deno.test("a name is decoded to the form in which it is stored", () => {
  assertEquals(decodeName(utf8(TYPED)), STORED);
  assertEquals(decodeName(utf8(MARKED)), MARKED);
  assertEquals(decodeName(Uint8Array.of(0x7a, 0xff)), "z\ufffd");
});

Deno.test("RSA-AES, Apple's and plain names are decoded alike", async () => {
  for (const [sent, name] of [[TYPED, STORED], [MARKED, MARKED]] as const) {
    const bytes = utf8(sent);
    assertEquals(parseCredentials(Uint8Array.of(bytes.length, ...bytes, 0)).name, name);

    const fields = new Uint8Array(128);
    fields.set(bytes);
    const key = createHash("md5").update(utf8("secret")).digest();
    const cipher = createCipheriv("aes-128-ecb", key, null).setAutoPadding(false);
    assertEquals(decryptCredentials(utf8("secret"), cipher.update(fields)).name, name);

    const type = new UnixLogin(patientGate(new OneAccount(name, "secret")));
    const { user } = await authenticate(
      type,
      (viewer) => viewer.write(...u32(bytes.length), ...u32(6), ...bytes, ...utf8("secret")),
    );
    assertEquals(user, name);
  }
});
