import { assertEquals, assertThrows } from "@std/assert";
import { areSameKey, desDecrypt, desEncrypt } from "../../../src/security/crypto/des.ts";

const fromHex = (hex: string) => Uint8Array.fromHex(hex.replaceAll(" ", ""));

/** VNC's key is DES's with the bits of each byte in reverse order. */
const reversed = (hex: string) =>
  fromHex(hex).map((byte) =>
    parseInt(byte.toString(2).padStart(8, "0").split("").reverse().join(""), 2)
  );

// OpenSSL 3.0 computes each of them too: `openssl enc -des-ecb -nopad -provider legacy -K KEY`.
Deno.test("DES gives known answers", () => {
  const vectors = [
    // J. Orlin Grabbe, The DES Algorithm Illustrated.
    ["133457799bbcdff1", "0123456789abcdef", "85e813540f0ab405"],
    ["0e329232ea6d0d73", "8787878787878787", "0000000000000000"],
    // The first ones of the table in Eric Young's libdes, which became OpenSSL's test/destest.c.
    ["0000000000000000", "0000000000000000", "8ca64de9c1b123a7"],
    ["ffffffffffffffff", "ffffffffffffffff", "7359b2163e4edc58"],
    ["3000000000000000", "1000000000000001", "958e6e627a05557b"],
  ];
  for (const [key, plain, cipher] of vectors) {
    assertEquals(desEncrypt(reversed(key!), fromHex(plain!)).toHex(), cipher);
    assertEquals(desDecrypt(reversed(key!), fromHex(cipher!)).toHex(), plain);
  }
});

Deno.test("every block stands for itself", () => {
  const key = new TextEncoder().encode("secret");
  const block = fromHex("00112233445566778899aabbccddeeff");
  const answer = desEncrypt(key, block);
  assertEquals(desEncrypt(key, block.subarray(8)), answer.subarray(8));
  assertEquals(desDecrypt(key, answer), block);
});

Deno.test("a password counts up to its eighth byte and is filled with zeros", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const block = fromHex("0011223344556677");
  assertEquals(desEncrypt(bytes("eight888ninth"), block), desEncrypt(bytes("eight888"), block));
  assertEquals(desEncrypt(bytes("abc"), block), desEncrypt(bytes("abc\0\0\0\0\0"), block));
});

Deno.test("keys are the same just when they encrypt the same: one bit of each byte is ignored", () => {
  const block = fromHex("0011223344556677");
  const key = new TextEncoder().encode("longpass1");
  const equal: string[] = [];
  for (let bit = 0; bit < 8 * key.length; bit++) {
    const other = key.map((byte, i) => i === bit >> 3 ? byte ^ 1 << (bit & 7) : byte);
    const encryptsTheSame = desEncrypt(other, block).toHex() === desEncrypt(key, block).toHex();
    assertEquals(areSameKey(key, other), encryptsTheSame, `bit ${bit}`);
    if (encryptsTheSame && bit < 64) equal.push(`${bit >> 3}:${bit & 7}`);
  }
  assertEquals(equal, ["0:7", "1:7", "2:7", "3:7", "4:7", "5:7", "6:7", "7:7"]);
  assertEquals(areSameKey(key.subarray(0, 3), key), false);
});

Deno.test("DES takes whole blocks only", () => {
  assertThrows(() => desEncrypt(new Uint8Array(8), new Uint8Array(15)), RangeError, "15 bytes");
});
