import { assertEquals, assertNotEquals } from "@std/assert";
import { AesEax } from "../../../src/security/crypto/aes_eax.ts";
import { eaxOpen, eaxSeal } from "../../support/eax.ts";
import { Random } from "../../support/random.ts";

/** Bellare, Rogaway, Wagner: "The EAX Mode of Operation", appendix E: key, nonce, header, message, sealed. */
const VECTORS = `
233952dee4d5ed5f9b9c6d6ff80ff478 62ec67f9c3a4a407fcb2a8c49031a8b3 6bfb914fd07eae6b  e037830e8389f27b025a2d6527e79d01
91945d3f4dcbee0bf45ef52255f095a4 becaf043b0a23d843194ba972c66debd fa3bfd4806eb53fa f7fb 19dd5c4c9331049d0bdab0277408f67967e5
01f74ad64077f2e704c0f60ada3dd523 70c3db4f0d26368400a10ed05d2bff5e 234a3463c1264ac6 1a47cb4933 d851d5bae03a59f238a23e39199dc9266626c40f80
d07cf6cbb7f313bdde66b727afd3c5e8 8408dfff3c1a2b1292dc199e46b7d617 33cce2eabff5a79d 481c9e39b1 632a9d131ad4c168a4225d8e1ff755939974a7bede
35b6d0580005bbc12b0587124557d2c2 fdb6b06676eedc5c61d74276e1f8e816 aeb96eaebe2970e9 40d0c07da5e4 071dfe16c675cb0677e536f73afe6a14b74ee49844dd
bd8e6e11475e60b268784c38c62feb22 6eac5c93072d8e8513f750935e46da1b d4482d1ca78dce0f 4de3b35c3fc039245bd1fb7d 835bb4f15d743e350e728414abb8644fd6ccb86947c5e10590210a4f
7c77d6e813bed5ac98baa417477a2e7d 1a8c98dcd73d38393b2bf1569deefc19 65d2017990d62528 8b0a79306c9ce7ed99dae4f87f8dd61636 02083e3979da014812f59f11d52630da30137327d10649b0aa6e1c181db617d7f2
5fff20cafab119ca2fc73549e20f5b0d dde59b97d722156d4d9aff2bc7559826 54b9f04e6a09189a 1bda122bce8a8dbaf1877d962b8592dd2d56 2ec47b2c4954a489afc7ba4897edcdae8cc33b60450599bd02c96382902aef7f832a
a4a4782bcffd3ec5e7ef6d8c34a56123 b781fcf2f75fa5a8de97a9ca48e522ec 899a175897561d7e 6cf36720872b8513f6eab1a8a44438d5ef11 0de18fd0fdd91e7af19f1d8ee8733938b1e8e7f6d2231618102fdb7fe55ff1991700
8395fcf1e95bebd697bd010bc766aac3 22e7add93cfc6393c57ec0b3c17d6b44 126735fcc320d25a ca40d7446e545ffaed3bd12a740a659ffbbb3ceab7 cb8920f87a6c75cff39627b56e3ed197c552d295a7cfc46afc253b4652b1af3795b124ab6e`
  .trim().split("\n").map((line) => line.split(" ").map((hex) => Uint8Array.fromHex(hex)));

Deno.test("AES-EAX gives the vectors of its paper", async () => {
  assertEquals(VECTORS.length, 10);
  for (const [key, nonce, header, message, sealed] of VECTORS) {
    const eax = await AesEax.create(key!);
    assertEquals(await eax.seal(nonce!, header!, message!), sealed);
    assertEquals(await eax.open(nonce!, header!, sealed!), message);
    assertEquals(eaxSeal(key!, nonce!, header!, message!), sealed, "the tests' own AES-EAX");
  }
});

for (const keySize of [16, 32]) {
  Deno.test(`AES-EAX with a key of ${keySize} bytes: messages of any length`, async () => {
    const random = new Random(keySize);
    const bytes = (length: number) => Uint8Array.from({ length }, () => random.below(256));
    const key = bytes(keySize);
    const eax = await AesEax.create(key);
    for (const length of [0, 1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 100, 1000, 4096, 5000]) {
      const [nonce, header, message] = [bytes(16), bytes(length % 40), bytes(length)];
      const sealed = await eax.seal(nonce, header, message);
      assertEquals(sealed, eaxSeal(key, nonce, header, message));
      assertEquals(eaxOpen(key, nonce, header, sealed), message);
      assertEquals(await eax.open(nonce, header, sealed), message);
    }
  });

  Deno.test(`AES-EAX with a key of ${keySize} bytes: nothing changed is opened`, async () => {
    const eax = await AesEax.create(new Uint8Array(keySize).fill(7));
    const [nonce, header] = [new Uint8Array(16), Uint8Array.of(0, 40)];
    const sealed = await eax.seal(nonce, header, new Uint8Array(40).fill(1));
    const changed = (bytes: Uint8Array<ArrayBuffer>, at: number) =>
      bytes.with(at, bytes[at]! ^ 1 << at % 8);
    for (let at = 0; at < sealed.length; at++) {
      assertEquals(await eax.open(nonce, header, changed(sealed, at)), undefined);
    }
    for (let at = 0; at < nonce.length; at++) {
      assertEquals(await eax.open(changed(nonce, at), header, sealed), undefined);
    }
    for (const other of [changed(header, 0), changed(header, 1), new Uint8Array(0)]) {
      assertEquals(await eax.open(nonce, other, sealed), undefined);
    }
    for (const length of [16, 17, 55]) {
      assertEquals(await eax.open(nonce, header, sealed.slice(0, length)), undefined);
    }
  });
}

Deno.test("many messages sealed at once are as if sealed one after the other", async () => {
  const eax = await AesEax.create(new Uint8Array(16).fill(3));
  const header = new Uint8Array(2);
  const jobs = Array.from({ length: 50 }, (_, i) => ({
    nonce: new Uint8Array(16).with(0, i),
    message: new Uint8Array(i * 37).fill(i),
  }));
  const atOnce = await Promise.all(jobs.map((job) => eax.seal(job.nonce, header, job.message)));
  for (const [i, { nonce, message }] of jobs.entries()) {
    assertEquals(atOnce[i], await eax.seal(nonce, header, message));
  }
  assertNotEquals(atOnce[1], atOnce[2]);
});
