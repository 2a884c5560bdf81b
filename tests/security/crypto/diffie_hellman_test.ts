import { assertEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { ProtocolError } from "../../../src/rfb/errors.ts";
import {
  DH_GENERATOR,
  DH_LENGTH,
  DH_PRIME,
  DiffieHellman,
} from "../../../src/security/crypto/diffie_hellman.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const digits = (bytes: Uint8Array) => BigInt(`0x${bytes.toHex()}`);
const bytesOf = (number: bigint) =>
  Uint8Array.fromHex(number.toString(16).padStart(2 * DH_LENGTH, "0"));
const p = digits(DH_PRIME);

// Computed by Python 3.11's pow(), from the prime as RFC 3526 prints it; digests by its hashlib. Both
// private keys count up (01 02 03 ... and 65 66 67 ...); the second pair is the next behind them whose
// public value, and whose secret, begins with a zero.
const VECTORS = [
  {
    ours: "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728",
    theirs: "65666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c",
    publicValue: "3ae26e14ac54744ba175a8b2c76205eebfc4fdb8314c4c40ae2ea47b3c0e28a3",
    secret: "fa3c03485316a6af1790afc87fcae4d9ed0ebcfdd4b2e528ed2bc3c53fdc0b7c",
    zeros: 0,
  },
  {
    ours: "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223242526291b",
    theirs: "65666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8d4c",
    publicValue: "b3e4626fcdfcfc1fb7c0ccaab3bb642eb192da3dfcb4fc5f0bda3efe6658b6ed",
    secret: "70ee8efc3edf8b8e50fff296129be55945a0b675be3198591145aaace99772ca",
    zeros: 1,
  },
];

for (const { ours, theirs, publicValue, secret, zeros } of VECTORS) {
  Deno.test(`known public values and secrets, with ${zeros} zeros in front`, () => {
    const our = new DiffieHellman(Uint8Array.fromHex(ours));
    const their = new DiffieHellman(Uint8Array.fromHex(theirs));
    assertEquals(our.publicValue.findIndex((byte) => byte !== 0), zeros);
    assertEquals(sha256(our.publicValue), publicValue);
    for (const known of [our.secretWith(their.publicValue), their.secretWith(our.publicValue)]) {
      assertEquals([known.length, known.findIndex((byte) => byte !== 0)], [256, zeros]);
      assertEquals(sha256(known), secret);
    }
  });
}

Deno.test("the group is RFC 3526's number 14", () => {
  assertEquals([DH_LENGTH, DH_GENERATOR], [256, 2]);
  assertEquals(DH_PRIME.subarray(0, 12).toHex(), "ffffffffffffffffc90fdaa2");
  assertEquals(DH_PRIME.subarray(-12).toHex(), "8aacaa68ffffffffffffffff");
});

Deno.test("public values that make the secret known to everybody are refused", () => {
  const exchange = new DiffieHellman();
  const most = (1n << 2048n) - 1n;
  for (const value of [0n, 1n, p - 1n, p, p + 1n, most]) {
    assertThrows(() => exchange.secretWith(bytesOf(value)), ProtocolError, "degenerate");
  }
  for (const value of [2n, p - 2n]) {
    assertEquals(exchange.secretWith(bytesOf(value)).length, 256);
  }
});

Deno.test("no two key exchanges have the same key", () => {
  const values = Array.from({ length: 8 }, () => new DiffieHellman().publicValue.toHex());
  assertEquals(new Set(values).size, 8);
});
