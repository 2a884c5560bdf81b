import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

/** A key or certificate that can't be used; `message` is a part of a line for a person. */
export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
}

/** The curves that Deno's TLS signs on. */
const CURVES = ["prime256v1", "secp384r1", "secp521r1"];

/** The least bits of an RSA key that it takes. */
const MIN_RSA_BITS = 2048;

function blocks(pem: string, label: string): string[] {
  return pem.match(new RegExp(`-----BEGIN ${label}-----.*?-----END ${label}-----`, "gs")) ?? [];
}

/**
 * The certificates in a PEM file, of which there may be several: the server's own first.
 * @throws {KeyFileError} When there are none, or one is damaged.
 */
export function parseCertificates(
  pem: string,
): readonly [own: X509Certificate, ...others: X509Certificate[]] {
  const certificates = blocks(pem, "CERTIFICATE").map((block) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw new KeyFileError("a certificate in it is damaged");
    }
  });
  const [own, ...others] = certificates;
  if (own === undefined) throw new KeyFileError("it holds no certificate in PEM");
  return [own, ...others];
}

/**
 * The private key in a PEM file, which may hold other things too.
 * @throws {KeyFileError} When there is none, or none that can be used.
 */
export function parsePrivateKey(pem: string): KeyObject {
  const [block] = blocks(pem, "[A-Z ]*PRIVATE KEY");
  if (block === undefined) throw new KeyFileError("it holds no private key in PEM");
  if (block.includes("ENCRYPTED")) {
    throw new KeyFileError("its key is encrypted; decrypt it: openssl pkey -in FILE -out NEW-FILE");
  }
  try {
    return createPrivateKey(block);
  } catch {
    throw new KeyFileError("its key is damaged, or of an unknown kind");
  }
}

/** @throws {KeyFileError} When TLS can do nothing with a key. */
export function assertFitForTls(
  { asymmetricKeyType: type, asymmetricKeyDetails }: KeyObject,
): void {
  const { modulusLength = 0, namedCurve = "" } = asymmetricKeyDetails ?? {};
  if (type === "ed25519" || type === "ec" && CURVES.includes(namedCurve)) return;
  if (type !== "rsa") {
    throw new KeyFileError(`its key is of a kind that TLS here can't use: ${namedCurve || type}`);
  }
  if (modulusLength < MIN_RSA_BITS) {
    throw new KeyFileError(`its key is too weak: RSA with ${modulusLength} bits`);
  }
}
