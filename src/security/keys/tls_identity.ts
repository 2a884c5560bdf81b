import { createHash, type KeyObject, type X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";

/** How a viewer recognises a certificate. */
export interface Fingerprints {
  /** SHA-256 of the certificate, as openssl and browsers write it: `AB:CD:…`. */
  readonly certificate: string;
  /** SHA-256 of the public key in base64, as GnuTLS writes it, and with it TigerVNC's viewer. */
  readonly publicKey: string;
}

/** The versions of TLS that a handshake may end in at most; 1.2 is the least. */
export type HighestTls = "TLSv1.2" | "TLSv1.3";

/** Who this server is for TLS. */
export interface TlsIdentity {
  /** What the next handshake is made with. */
  secureContext(highest: HighestTls): Promise<SecureContext>;
  /** Of what the last handshake was made with, or the first will be. */
  readonly fingerprints: Fingerprints;
  /** The host names that it is valid for. */
  readonly names: readonly string[];
}

/** A certificate with its key, ready for handshakes. */
export class ServerCertificate {
  readonly certificate: X509Certificate;
  readonly contexts: Readonly<Record<HighestTls, SecureContext>>;

  /**
   * @param certificates The server's own first, then those between it and its authority.
   * @param key Of the first one.
   */
  constructor(
    certificates: readonly [X509Certificate, ...X509Certificate[]],
    key: KeyObject,
  ) {
    this.certificate = certificates[0];
    const both = { cert: certificates.join(""), key: pemOf(key), minVersion: "TLSv1.2" } as const;
    this.contexts = {
      "TLSv1.2": createSecureContext({ ...both, maxVersion: "TLSv1.2" }),
      "TLSv1.3": createSecureContext(both),
    };
  }

  /** Those of its DNS names that stand for one host. */
  get names(): readonly string[] {
    const names = (this.certificate.subjectAltName ?? "").split(", ");
    return names.flatMap((name) => /^DNS:([^*]+)$/.exec(name)?.[1] ?? []);
  }

  get fingerprints(): Fingerprints {
    const { fingerprint256, publicKey } = this.certificate;
    const form = publicKey.export({ type: "spki", format: "der" });
    return {
      certificate: fingerprint256,
      publicKey: createHash("sha256").update(form).digest("base64"),
    };
  }
}

/** A private key as the text of a PEM file. */
export function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }) as string;
}
