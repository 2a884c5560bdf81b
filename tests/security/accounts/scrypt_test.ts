import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AccountsError } from "../../../src/security/accounts/accounts_error.ts";
import {
  decoyHash,
  DEFAULT_COST,
  formatHash,
  hashPassword,
  isPasswordOf,
  parseHash,
  scrypt,
} from "../../../src/security/accounts/scrypt.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const CHEAP = { logN: 4, r: 1, p: 1 };

/** RFC 7914 section 12, without the one that takes a gigabyte. */
const RFC_7914 = [
  {
    password: "",
    salt: "",
    cost: { logN: 4, r: 1, p: 1 },
    key: "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442" +
      "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
  },
  {
    password: "password",
    salt: "NaCl",
    cost: { logN: 10, r: 8, p: 16 },
    key: "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162" +
      "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
  },
  {
    password: "pleaseletmein",
    salt: "SodiumChloride",
    cost: { logN: 14, r: 8, p: 1 },
    key: "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2" +
      "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
  },
];

for (const { password, salt, cost, key } of RFC_7914) {
  Deno.test(`scrypt of ${JSON.stringify(password)} is what RFC 7914 says`, async () => {
    assertEquals((await scrypt(utf8(password), utf8(salt), cost, 64)).toHex(), key);
  });
}

Deno.test("a password is known by its hash, and no other is", async () => {
  const hash = await hashPassword(utf8("a long password with ß"), CHEAP);
  assert(await isPasswordOf(hash, utf8("a long password with ß")));
  assert(!await isPasswordOf(hash, utf8("a long password with s")));
  assert(!await isPasswordOf(hash, utf8("")));
  assert(!await isPasswordOf(decoyHash(CHEAP), utf8("")));
});

Deno.test("the same password never has the same hash, and it costs what is usual", async () => {
  const [a, b] = await Promise.all([hashPassword(utf8("same")), hashPassword(utf8("same"))]);
  assert(formatHash(a) !== formatHash(b));
  assertStringIncludes(formatHash(a), "$scrypt$ln=15,r=8,p=1$");
  assert(await isPasswordOf(b, utf8("same")));
});

Deno.test("a hash is written as a PHC string and read again", () => {
  const hash = { logN: 4, r: 2, p: 3, salt: utf8("saltsalt!"), key: utf8("0123456789") };
  assertEquals(formatHash(hash), "$scrypt$ln=4,r=2,p=3$c2FsdHNhbHQh$MDEyMzQ1Njc4OQ");
  assertEquals(parseHash(formatHash(hash)), hash);
  assertEquals(DEFAULT_COST, { logN: 15, r: 8, p: 1 });
});

const SALT = "c2FsdHNhbHQ";
const KEY = "MDEyMzQ1Njc4OQ";

Deno.test("a hash that is none, or costs too much, is refused with the reason", () => {
  const refused = (text: string, reason: string) => {
    const { message } = assertThrows(() => parseHash(text), AccountsError);
    assertEquals(message, reason);
  };
  const form = "a hash looks like $scrypt$ln=15,r=8,p=1$SALT$HASH";
  refused("", form);
  refused("hunter2", form);
  refused(`$argon2id$ln=15,r=8,p=1$${SALT}$${KEY}`, form);
  refused(`$scrypt$ln=15,p=1,r=8$${SALT}$${KEY}`, form);
  refused(`$scrypt$ln=-1,r=8,p=1$${SALT}$${KEY}`, form);
  refused(`$scrypt$ln=15,r=8,p=99999$${SALT}$${KEY}`, form);
  refused(`$scrypt$ln=15,r=8,p=1$${SALT}$${KEY}==`, form);
  refused(`$scrypt$ln=15,r=8,p=1$${SALT}$`, form);
  refused(`$scrypt$ln=15,r=8,p=1$${SALT}$${KEY}$`, form);
  refused(`$scrypt$ln=15,r=8,p=1$c2Fsd$${KEY}`, "the salt and the hash have to be base64");
  const least = "ln, r and p have to be at least 1";
  refused(`$scrypt$ln=0,r=8,p=1$${SALT}$${KEY}`, least);
  refused(`$scrypt$ln=15,r=0,p=1$${SALT}$${KEY}`, least);
  refused(`$scrypt$ln=15,r=8,p=0$${SALT}$${KEY}`, least);
  const cost = "the hash costs too much: ln may be 18 at most, and 2^ln * r * p 2097152";
  refused(`$scrypt$ln=19,r=1,p=1$${SALT}$${KEY}`, cost);
  refused(`$scrypt$ln=18,r=9,p=1$${SALT}$${KEY}`, cost);
  refused(`$scrypt$ln=18,r=8,p=2$${SALT}$${KEY}`, cost);
  refused(`$scrypt$ln=9999,r=1,p=1$${SALT}$${KEY}`, cost);
  const size = "the salt and the hash have 8 to 64 bytes each";
  refused(`$scrypt$ln=15,r=8,p=1$c2FsdA$${KEY}`, size);
  refused(`$scrypt$ln=15,r=8,p=1$${SALT}$${"AAAA".repeat(22)}`, size);
  assertEquals(parseHash(`$scrypt$ln=18,r=8,p=1$${SALT}$${KEY}`).logN, 18);
});
