import { assertEquals } from "@std/assert";
import { AesCmac } from "../../../src/security/crypto/cmac.ts";

const MESSAGE = Uint8Array.fromHex(
  "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" +
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
);

/** A key, and the MACs of the message's first 0, 16, 40 and 64 bytes. */
const VECTORS: Readonly<Record<string, { readonly key: string; readonly macs: string[] }>> = {
  "RFC 4493, section 4": {
    key: "2b7e151628aed2a6abf7158809cf4f3c",
    macs: [
      "bb1d6929e95937287fa37d129b756746",
      "070a16b46b4d4144f79bdd9dd04a287c",
      "dfa66747de9ae63030ca32611497c827",
      "51f0bebf7e3b9d92fc49741779363cfe",
    ],
  },
  "NIST SP 800-38B, appendix D.3": {
    key: "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
    macs: [
      "028962f61b7bf89efc6b551f4667d983",
      "28a7023f452e8f82bd4bf28d8c37c35c",
      "aaf3d8f1de5640c232f5b169b9c911e6",
      "e1992190549f6ed5696a2c056c315410",
    ],
  },
};

for (const [source, { key, macs }] of Object.entries(VECTORS)) {
  Deno.test(`AES-CMAC gives the MACs of ${source}`, async () => {
    const cmac = await AesCmac.create(Uint8Array.fromHex(key));
    for (const [i, length] of [0, 16, 40, 64].entries()) {
      assertEquals((await cmac.of(MESSAGE.subarray(0, length))).toHex(), macs[i]);
    }
  });
}

Deno.test("a block apart from the message counts as its first", async () => {
  const cmac = await AesCmac.create(MESSAGE.slice(0, 32));
  for (const length of [16, 17, 31, 32, 40, 64]) {
    assertEquals(
      await cmac.of(MESSAGE.subarray(16, length), MESSAGE.subarray(0, 16)),
      await cmac.of(MESSAGE.subarray(0, length)),
    );
  }
});
