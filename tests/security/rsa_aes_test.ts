import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { AuthError, ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { readClientInit, SECURITY_OK } from "../../src/rfb/security.ts";
import { patientGate } from "../support/gate.ts";
import { RsaAes } from "../../src/security/rsa_aes.ts";
import { RSA_AES_VARIANTS, type RsaAesVariant } from "../../src/security/rsa_aes/variant.ts";
import { SecurityChannel } from "../../src/security/security_channel.ts";
import { concat } from "../support/bytes.ts";
import { inPieces } from "../support/chunks.ts";
import { ScriptedConnection } from "../support/scripted_connection.ts";
import { OneAccount } from "../support/security.ts";
import { CREDENTIALS, knownHandshake, SERVER_KEY, VIEWER_KEY } from "./rsa_aes/known_answers.ts";

/** What is expected of the viewer in the known handshake. */
function accountsFor({ hash }: RsaAesVariant): OneAccount {
  return new OneAccount(CREDENTIALS[hash].name, CREDENTIALS[hash].password);
}

/** The server's side of a known handshake, against a viewer that sends what is given. */
async function serve(
  variant: RsaAesVariant,
  script: readonly Uint8Array[],
  accounts = accountsFor(variant),
) {
  const connection = new ScriptedConnection(script);
  const channel = new SecurityChannel(connection);
  const { serverRandom } = knownHandshake(variant);
  const type = new RsaAes(variant, SERVER_KEY, patientGate(accounts), (length) => {
    assertEquals(length, serverRandom.length);
    return serverRandom;
  });
  const done = type.authenticate(channel);
  await done.catch(() => {});
  return { done, channel, connection, accounts };
}

/** A known handshake's messages to the server, with one of them exchanged for another. */
function scriptWith(
  variant: RsaAesVariant,
  changes: Partial<ReturnType<typeof knownHandshake>["toServer"]>,
): Uint8Array[] {
  return Object.values({ ...knownHandshake(variant).toServer, ...changes });
}

for (const [name, variant] of Object.entries(RSA_AES_VARIANTS)) {
  const { serverRandom, toServer, toViewer } = knownHandshake(variant);
  const all = concat(...Object.values(toServer));
  const scripts: Readonly<Record<string, Uint8Array[]>> = {
    "message by message": Object.values(toServer),
    "in one piece, ClientInit with it": [all],
    "byte by byte": inPieces(all, 1),
  };
  for (const [how, script] of Object.entries(scripts)) {
    Deno.test(`${name}: the known handshake, ${how}`, async () => {
      const { done, channel, connection, accounts } = await serve(variant, script);
      const { name, password } = CREDENTIALS[variant.hash];
      assertEquals((await done).user, name || undefined);
      assertEquals(accounts.asked, [`${name}/${password}`]);
      await channel.write(SECURITY_OK);
      const [publicKey, random, hash, subtype, securityResult] = connection.written;
      assertEquals(publicKey, toViewer.publicKey);
      assertEquals(hash, toViewer.hash);
      assertEquals(subtype, toViewer.subtype);
      assertEquals(securityResult, toViewer.securityResult);
      assertEquals(random!.length, 2 + 129);
      const key = { key: VIEWER_KEY, padding: constants.RSA_PKCS1_PADDING };
      assertEquals(new Uint8Array(privateDecrypt(key, random!.subarray(2))), serverRandom);
      assertEquals(await readClientInit(channel.source), true);
      assert(await channel.source.ended());
      assertEquals(channel.connection.isPrivate, variant.encryptsSession);
      assertEquals(channel.connection.remote, connection.remote);
    });
  }

  Deno.test(`${name}: no byte of a handshake can be changed on its way`, async () => {
    const end = all.length - toServer.clientInit.length;
    for (let at = 0; at < end; at++) {
      const { done, accounts } = await serve(variant, [all.with(at, all[at]! ^ 1 << at % 8)]);
      const outcome = await done.catch((error) => error);
      const isRefused = outcome instanceof ProtocolError || outcome instanceof ConnectionClosed;
      assert(isRefused, `byte ${at}: ${outcome}`);
      assertEquals(accounts.asked, [], "a broken handshake is no failed login");
    }
  });

  Deno.test(`${name}: a handshake that breaks off is no failed login`, async () => {
    for (let length = 0; length < all.length - toServer.clientInit.length; length++) {
      const { done, accounts } = await serve(variant, [all.subarray(0, length)]);
      await assertRejects(() => done, ConnectionClosed);
      assertEquals(accounts.asked, []);
    }
  });

  Deno.test(`${name}: wrong credentials reach the gate, and the refusal is as private`, async () => {
    const accounts = new OneAccount(CREDENTIALS[variant.hash].name, "another");
    const { done, channel, connection } = await serve(variant, [all], accounts);
    await assertRejects(() => done, AuthError);
    assertEquals(accounts.asked.length, 1);
    await channel.write(SECURITY_OK);
    assertEquals(connection.written.at(-1), toViewer.securityResult);
  });
}

const { ra2 } = RSA_AES_VARIANTS;

Deno.test("ClientInit is refused where it was changed, or comes in plain", async () => {
  const { clientInit } = knownHandshake(ra2).toServer;
  for (const wrong of [clientInit.with(2, clientInit[2]! ^ 1), new Uint8Array(19).with(1, 1)]) {
    const { done, channel } = await serve(ra2, scriptWith(ra2, { clientInit: wrong }));
    await done;
    await assertRejects(() => readClientInit(channel.source), ProtocolError, "changed");
  }
});

/** A viewer's public key: lengths in bits and bytes, and the two numbers, right-aligned. */
function publicKey(bits: number, modulus: string, exponent: string): Uint8Array<ArrayBuffer> {
  const size = Math.ceil(bits / 8) * 2;
  const hex = bits.toString(16).padStart(8, "0") + modulus + exponent.padStart(size, "0");
  return Uint8Array.fromHex(hex);
}

/** 1024 bits, odd. */
const MODULUS = "c1".repeat(128);

const WRONG_KEYS: Readonly<Record<string, [key: Uint8Array<ArrayBuffer>, reason: string]>> = {
  "too short": [Uint8Array.fromHex("000003ff"), "1023 bits"],
  "of no length": [Uint8Array.fromHex("00000000"), "0 bits"],
  "too long": [Uint8Array.fromHex("00001001"), "4097 bits"],
  "of 4 gigabits": [Uint8Array.fromHex("ffffffff"), "4294967295 bits"],
  "even": [publicKey(1024, "c2".repeat(128), "010001"), "modulus"],
  "shorter than it says": [publicKey(1024, "00" + "c1".repeat(127), "010001"), "modulus"],
  "with exponent 0": [publicKey(1024, MODULUS, "00"), "exponent"],
  "with exponent 1, which encrypts nothing": [publicKey(1024, MODULUS, "01"), "exponent"],
  "with an even exponent": [publicKey(1024, MODULUS, "010000"), "exponent"],
  "with an exponent that costs time": [publicKey(1024, MODULUS, MODULUS), "exponent"],
  "with an exponent just too large": [publicKey(1024, MODULUS, "0200000001"), "exponent"],
  "that is the server's own": [knownHandshake(ra2).toViewer.publicKey, "server's own"],
};
for (const [what, [key, reason]] of Object.entries(WRONG_KEYS)) {
  Deno.test(`a viewer's key ${what} is refused before anything is encrypted with it`, async () => {
    // Nothing comes behind it: what is checked too late would be waited for.
    const { done, connection } = await serve(ra2, [key]);
    await assertRejects(() => done, ProtocolError, reason);
    assertEquals(connection.written.length, 1);
  });
}

for (const exponent of ["03", "01ffffffff"]) {
  Deno.test(`a viewer's key with exponent ${exponent} is taken`, async () => {
    const { done, connection } = await serve(ra2, [publicKey(1024, MODULUS, exponent)]);
    await assertRejects(() => done, ConnectionClosed);
    assertEquals(connection.written[1]!.length, 2 + 128);
  });
}

Deno.test("lengths that are wrong are not waited for", async () => {
  for (const length of [0, 127, 129, 0xffff]) {
    const random = Uint8Array.of(length >> 8, length);
    const { publicKey } = knownHandshake(ra2).toServer;
    const { done } = await serve(ra2, [publicKey, random]);
    await assertRejects(() => done, ProtocolError, `random number of ${length} bytes`);
  }
  const { publicKey, random, hash } = knownHandshake(ra2).toServer;
  for (const length of [21, 0xffff]) {
    const { done } = await serve(ra2, [publicKey, random, Uint8Array.of(length >> 8, length)]);
    await assertRejects(() => done, ProtocolError, `message of ${length} bytes`);
  }
  for (const length of [513, 0xffff]) {
    const head = Uint8Array.of(length >> 8, length);
    const { done } = await serve(ra2, [publicKey, random, hash, head]);
    await assertRejects(() => done, ProtocolError, `message of ${length} bytes`);
  }
});

Deno.test("what a made-up random number decrypts to can't be told from the answer", async () => {
  const modulus = knownHandshake(ra2).toViewer.publicKey.subarray(4, 4 + 128);
  const wrong = [new Uint8Array(128), new Uint8Array(128).fill(1), modulus, modulus.with(0, 255)];
  for (const number of wrong) {
    const random = concat(Uint8Array.of(0, 128), number) as Uint8Array<ArrayBuffer>;
    const { done, connection } = await serve(ra2, scriptWith(ra2, { random }));
    await assertRejects(() => done, ProtocolError, "changed");
    assertEquals(connection.written.map(({ length }) => length), [260, 131, 38]);
  }
});

Deno.test("the server's random number is another one every time", async () => {
  const { publicKey } = knownHandshake(ra2).toServer;
  const key = { key: VIEWER_KEY, padding: constants.RSA_PKCS1_PADDING };
  const seen = new Set<string>();
  for (let i = 0; i < 20; i++) {
    const connection = new ScriptedConnection([publicKey]);
    const type = new RsaAes(ra2, SERVER_KEY, patientGate(accountsFor(ra2)));
    await assertRejects(() => type.authenticate(new SecurityChannel(connection)), ConnectionClosed);
    seen.add(privateDecrypt(key, connection.written[1]!.subarray(2)).toString("hex"));
  }
  assertEquals(seen.size, 20);
});

Deno.test("a server's key has to be one of RSA, of a length that viewers take", () => {
  const keys = [
    generateKeyPairSync("ed25519").privateKey,
    generateKeyPairSync("rsa", { modulusLength: 768 }).privateKey,
  ];
  for (const key of keys) {
    assertThrows(() => new RsaAes(ra2, key, patientGate(accountsFor(ra2))), RangeError, "RSA-AES");
  }
});
