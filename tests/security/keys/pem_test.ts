import { assertEquals, assertThrows } from "@std/assert";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  assertFitForTls,
  KeyFileError,
  parseCertificates,
  parsePrivateKey,
} from "../../../src/security/keys/pem.ts";
import { pemOf } from "../../../src/security/keys/tls_identity.ts";
import { makeCertificate, makeCertificateKey } from "../../../src/security/tls/certificate.ts";

const key = makeCertificateKey();
const names = { hostname: "desk", addresses: [] };
const [first, second] = [
  await makeCertificate(key, names, Date.now()),
  await makeCertificate(key, names, Date.now()),
];

Deno.test("certificates and a key are found among other things", () => {
  const all = `a comment\r\n${first}${pemOf(key)}\n${second}`;
  assertEquals(parseCertificates(all).map(String), [first, second].map(String));
  assertEquals(pemOf(parsePrivateKey(all)), pemOf(key));
});

for (const type of ["pkcs8", "sec1"] as const) {
  Deno.test(`a key may be in ${type}`, () => {
    const pem = key.export({ type, format: "pem" }) as string;
    assertEquals(pemOf(parsePrivateKey(pem)), pemOf(key));
  });
}

Deno.test("what is no certificate is called so", () => {
  const damaged = first.toString().replace(/M/, "AAAA");
  const cut = first.toString().slice(0, 100);
  for (
    const [text, reason] of [
      ["", "no certificate in PEM"],
      ["\x30\x82\x01", "no certificate in PEM"],
      [pemOf(key), "no certificate in PEM"],
      [cut, "no certificate in PEM"],
      [damaged, "is damaged"],
      [`${first}${damaged}`, "is damaged"],
    ] as const
  ) {
    assertThrows(() => parseCertificates(text), KeyFileError, reason);
  }
});

Deno.test("what is no key, or an encrypted one, is called so", () => {
  const cipher = { cipher: "aes-256-cbc", passphrase: "x", format: "pem" } as const;
  for (
    const [text, reason] of [
      ["", "no private key in PEM"],
      [first.toString(), "no private key in PEM"],
      [pemOf(key).replace(/M/, "AAAA"), "damaged"],
      [key.export({ ...cipher, type: "pkcs8" }) as string, "is encrypted"],
      [
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----",
        "is encrypted",
      ],
    ] as const
  ) {
    assertThrows(() => parsePrivateKey(text), KeyFileError, reason);
  }
});

Deno.test("keys that TLS can do nothing with are called so", () => {
  const fit = (pair: { privateKey: KeyObject }) => assertFitForTls(pair.privateKey);
  fit(generateKeyPairSync("ed25519"));
  for (const namedCurve of ["P-256", "P-384", "P-521"]) {
    fit(generateKeyPairSync("ec", { namedCurve }));
  }
  fit(generateKeyPairSync("rsa", { modulusLength: 2048 }));
  const weak = () => fit(generateKeyPairSync("rsa", { modulusLength: 1024 }));
  assertThrows(weak, KeyFileError, "too weak: RSA with 1024 bits");
  assertThrows(() => fit(generateKeyPairSync("x25519")), KeyFileError, "x25519");
  const odd = () => fit(generateKeyPairSync("ec", { namedCurve: "secp256k1" }));
  assertThrows(odd, KeyFileError, "can't use: secp256k1");
});
