import { createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";

const DAY = 24 * 3600 * 1000;

/** Days from the start to the end of its validity: Apple's systems accept none that is valid for 399. */
const VALIDITY_DAYS = 397;

/** The algorithm of key and signature: all viewers know it, and making a key takes no time. */
const P256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** The most characters of a common name (RFC 5280, appendix A). */
const MAX_COMMON_NAME = 64;

/** Under which names people reach the machine. */
export interface MachineNames {
  readonly hostname: string;
  /** The IP addresses of its network interfaces. */
  readonly addresses: readonly string[];
}

type AlternativeName = { readonly type: "dns" | "ip"; readonly value: string };

function alternativeNames({ hostname, addresses }: MachineNames): AlternativeName[] {
  // Others, such as those with letters beyond ASCII, are no DNS names.
  const hosts = /^[\w.-]+$/.test(hostname) ? [hostname, "localhost"] : ["localhost"];
  // `fe80::1%eth0`: a certificate knows no interfaces.
  const plain = addresses.map((address) => address.replace(/%.*/, ""));
  return [
    ...[...new Set(hosts)].map((value) => ({ type: "dns", value }) as const),
    ...[...new Set(plain)].map((value) => ({ type: "ip", value }) as const),
  ];
}

/** A new private key for {@linkcode makeCertificate}. */
export function makeCertificateKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

async function webCryptoPair(key: KeyObject): Promise<CryptoKeyPair> {
  const bytes = (form: Uint8Array) => new Uint8Array(form);
  const secret = bytes(key.export({ type: "pkcs8", format: "der" }));
  const open = bytes(createPublicKey(key).export({ type: "spki", format: "der" }));
  return {
    privateKey: await crypto.subtle.importKey("pkcs8", secret, P256, false, ["sign"]),
    publicKey: await crypto.subtle.importKey("spki", open, P256, true, ["verify"]),
  };
}

/**
 * A certificate that its own key signs. It counts from the day before on, for viewers whose clock is
 * slow.
 * @param key A private key on the curve P-256.
 * @param now In milliseconds since 1970.
 */
export async function makeCertificate(
  key: KeyObject,
  names: MachineNames,
  now: number,
): Promise<X509Certificate> {
  // Only now, as loading it takes 100 ms, and that is once a year. It needs the first to be there.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const notBefore = new Date(now - DAY);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [names.hostname.slice(0, MAX_COMMON_NAME) || "localhost"] }],
    notBefore,
    notAfter: new Date(notBefore.getTime() + VALIDITY_DAYS * DAY),
    keys: await webCryptoPair(key),
    signingAlgorithm: P256,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(alternativeNames(names)),
    ],
  });
  return new X509Certificate(certificate.toString("pem"));
}
