import { assertEquals } from "@std/assert";
import { fingerprintOf } from "../../../src/security/rsa_aes/public_key.ts";
import { FINGERPRINT, SERVER_KEY } from "./known_answers.ts";

Deno.test("the fingerprint of a key is the one that viewers show", () => {
  assertEquals(fingerprintOf(SERVER_KEY), FINGERPRINT);
  assertEquals(FINGERPRINT.length, 23);
});
