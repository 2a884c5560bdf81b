import { assert, assertEquals, assertRejects } from "@std/assert";
import { createCipheriv, createHash } from "node:crypto";
import { AuthError, ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { AppleDh, decryptCredentials } from "../../src/security/apple_dh.ts";
import { DiffieHellman } from "../../src/security/crypto/diffie_hellman.ts";
import { patientGate } from "../support/gate.ts";
import { concat } from "../support/bytes.ts";
import { authenticate, OneAccount } from "../support/security.ts";
import type { TestViewer } from "../support/test_viewer.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const digits = (bytes: Uint8Array) => BigInt(`0x${bytes.toHex()}`);

/** What a server begins with, as a viewer of the tests' own reads it. */
interface Offer {
  readonly generator: bigint;
  readonly size: number;
  readonly prime: bigint;
  readonly theirs: bigint;
}

async function readOffer(viewer: TestViewer): Promise<Offer> {
  const head = await viewer.read(4);
  const size = head[2]! << 8 | head[3]!;
  const generator = BigInt(head[0]! << 8 | head[1]!);
  const prime = digits(await viewer.read(size));
  return { generator, size, prime, theirs: digits(await viewer.read(size)) };
}

const bytesOf = (number: bigint, size: number) =>
  Uint8Array.fromHex(number.toString(16).padStart(2 * size, "0"));

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = result * result % modulus;
    if (bit === "1") result = result * base % modulus;
  }
  return result;
}

/** Two fields of 64 bytes, encrypted; behind the zero that ends them there is anything. */
function encrypt(secret: Uint8Array, name: Uint8Array, password: Uint8Array): Uint8Array {
  const fields = crypto.getRandomValues(new Uint8Array(128));
  fields.set([...name, 0].slice(0, 64));
  fields.set([...password, 0].slice(0, 64), 64);
  const key = createHash("md5").update(secret).digest();
  return createCipheriv("aes-128-ecb", key, null).setAutoPadding(false).update(fields);
}

/** The viewer's answer, with a private key; a short one saves time. */
function answerTo(
  { generator, size, prime, theirs }: Offer,
  { name = "zoë", password = "correct horse battery", key = 0x1234_5678_9abc_def1n } = {},
): Uint8Array {
  const secret = bytesOf(power(theirs, key, prime), size);
  const encrypted = encrypt(secret, utf8(name), utf8(password));
  return concat(encrypted, bytesOf(power(generator, key, prime), size));
}

function setUp({ name = "zoë", password = "correct horse battery" } = {}) {
  const accounts = new OneAccount(name, password);
  return { accounts, type: new AppleDh(patientGate(accounts)) };
}

const answer =
  (change: (bytes: Uint8Array, offer: Offer) => Uint8Array) => async (viewer: TestViewer) => {
    const offer = await readOffer(viewer);
    await viewer.send([...change(answerTo(offer), offer)]);
  };

Deno.test("the right name and password open, more than 8 bytes of it", async () => {
  const { type } = setUp();
  assertEquals((await authenticate(type, answer((bytes) => bytes))).user, "zoë");
  for (const wrong of [{ password: "correct horse bat" }, { password: "" }, { name: "zoe" }]) {
    const login = answer((_, offer) => answerTo(offer, wrong));
    await assertRejects(() => authenticate(type, login), AuthError, "wrong name or password");
  }
});

Deno.test("each connection gets another public value", async () => {
  const { type } = setUp();
  const seen = new Set<bigint>();
  for (let i = 0; i < 5; i++) {
    const login = answer((bytes, { theirs }) => (seen.add(theirs), bytes));
    await authenticate(type, login);
  }
  assertEquals(seen.size, 5);
});

// Encrypted by Python's cryptography 48, and by openssl 3.0's enc -aes-128-ecb, with the MD5 of the
// secret of two known private keys; that secret begins with a zero.
Deno.test("known credentials, encrypted with a secret that begins with a zero", () => {
  const [ours, theirs] = [
    "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223242526291b",
    "65666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8d4c",
  ].map((key) => new DiffieHellman(Uint8Array.fromHex(key)));
  const [fill, more] = ["6e33156dbb5dd5e5ea79f75e48d7c340", "31a6bb50313a820dbdb7ebdf096163c6"];
  const encrypted = Uint8Array.fromHex(
    `d834543eda1997ac6baea3f0f2b587d4${fill.repeat(3)}` +
      `53a128f5f826fd50c03ff580a4809aa3${more.repeat(3)}`,
  );
  const { name, password } = decryptCredentials(ours!.secretWith(theirs!.publicValue), encrypted);
  assertEquals([name, new TextDecoder().decode(password)], ["Zoë", "correct horse"]);
});

Deno.test("a secret and a public value that begin with a zero", async () => {
  const { type } = setUp();
  const login = answer((_, offer) => {
    const limit = 1n << BigInt(8 * (offer.size - 1));
    // Each further exponent multiplies the secret once more; one of 256 is as small as wanted.
    let [key, secret] = [2n, offer.theirs * offer.theirs % offer.prime];
    while (secret >= limit) [key, secret] = [key + 1n, secret * offer.theirs % offer.prime];
    return answerTo(offer, { key });
  });
  for (let i = 0; i < 3; i++) assertEquals((await authenticate(type, login)).user, "zoë");
});

Deno.test("fields that are full have no zero at their end", async () => {
  const [name, password] = ["n".repeat(64), "p".repeat(64)];
  const { type } = setUp({ name, password });
  const login = answer((_, offer) => answerTo(offer, { name, password }));
  assertEquals((await authenticate(type, login)).user, name);
});

/** Public values by how far they are from the prime, or from 0, and the secret that comes of each. */
const DEGENERATE = [
  { ofPrime: 0n, add: 0n, secret: 0n },
  { ofPrime: 0n, add: 1n, secret: 1n },
  { ofPrime: 1n, add: -1n, secret: 1n },
  { ofPrime: 1n, add: 0n, secret: 0n },
  { ofPrime: 1n, add: 1n, secret: 1n },
];

for (const { ofPrime, add, secret } of DEGENERATE) {
  Deno.test(`a public value of ${ofPrime ? "p + " : ""}${add} is refused at once`, async () => {
    const { type, accounts } = setUp();
    const login = answer((_, { prime, size }) =>
      concat(
        encrypt(bytesOf(secret, size), utf8("zoë"), utf8("correct horse battery")),
        bytesOf(ofPrime * prime + add, size),
      )
    );
    await assertRejects(() => authenticate(type, login), ProtocolError, "degenerate");
    assertEquals(accounts.asked, []);
  });
}

Deno.test("an answer with any byte changed opens nothing", async () => {
  // Long enough for every block of what is encrypted to hold some of it.
  const known = { name: "n".repeat(50), password: "p".repeat(50) };
  const { type } = setUp(known);
  for (let at = 0; at < 128 + 256; at++) {
    const login = answer((_, offer) => {
      const bytes = answerTo(offer, known);
      bytes[at]! ^= 1 << at % 8;
      return bytes;
    });
    const error = await authenticate(type, login).then(() => undefined, (error) => error);
    assert(error instanceof AuthError || error instanceof ProtocolError, `${at}: ${error}`);
  }
});

Deno.test("an answer that ends early is tried at no account", async () => {
  const { type, accounts } = setUp();
  for (let length = 0; length < 128 + 256; length++) {
    const login = answer((bytes) => bytes.subarray(0, length));
    await assertRejects(() => authenticate(type, login), ConnectionClosed);
  }
  assertEquals(accounts.asked, []);
});
