import type { KeyObject, X509Certificate } from "node:crypto";
import type { SecureContext } from "node:tls";
import type { Logger } from "../../log.ts";
import { type MachineNames, makeCertificate, makeCertificateKey } from "../tls/certificate.ts";
import type { KeyStore } from "./key_store.ts";
import { KeyFileError, parseCertificates, parsePrivateKey } from "./pem.ts";
import {
  Credentials,
  type Fingerprints,
  pemOf,
  type TlsIdentity,
  type TlsVersion,
} from "./tls_identity.ts";

const KEY_FILE = "certificate_key.pem";
const CERTIFICATE_FILE = "certificate.pem";

/** Milliseconds before its end from which on a certificate is replaced. */
const RENEWAL_TIME = 30 * 24 * 3600 * 1000;

/** What a {@linkcode SelfMadeIdentity} needs. */
export interface SelfMadeOptions {
  readonly store: KeyStore;
  readonly names: MachineNames;
  readonly log: Pick<Logger, "info">;
  /** The time in milliseconds since 1970; the system's clock when left out. */
  readonly now?: () => number;
}

/**
 * A certificate that its own key signs. Both are kept; the certificate is made anew, of the same key, in
 * time before it ends.
 */
export class SelfMadeIdentity implements TlsIdentity {
  readonly #options: SelfMadeOptions;
  readonly #key: KeyObject;
  #credentials: Credentials;
  #renewal: Promise<void> | undefined;

  private constructor(options: SelfMadeOptions, key: KeyObject, credentials: Credentials) {
    this.#options = options;
    this.#key = key;
    this.#credentials = credentials;
  }

  /** With what is kept, or new. */
  static async open(options: SelfMadeOptions): Promise<SelfMadeIdentity> {
    const key = options.store.load(KEY_FILE, parseKey) ?? makeKey(options.store);
    return new SelfMadeIdentity(options, key, await currentCredentials(options, key));
  }

  async secureContext(newest: TlsVersion): Promise<SecureContext> {
    if (!isCurrent(this.#credentials.certificate, timeOf(this.#options))) {
      this.#renewal ??= this.#renew().finally(() => this.#renewal = undefined);
      await this.#renewal;
    }
    return this.#credentials.contexts[newest];
  }

  get fingerprints(): Fingerprints {
    return this.#credentials.fingerprints;
  }

  async #renew(): Promise<void> {
    this.#credentials = await currentCredentials(this.#options, this.#key);
    const { certificate } = this.fingerprints;
    this.#options.log.info(
      `the certificate was about to end; the new one is SHA-256 ${certificate}`,
    );
  }
}

function timeOf({ now = Date.now }: SelfMadeOptions): number {
  return now();
}

function isCurrent({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return Date.parse(validFrom) <= now && now < Date.parse(validTo) - RENEWAL_TIME;
}

/** @throws {KeyFileError} When it is none of those that {@linkcode makeCertificate} takes. */
function parseKey(pem: string): KeyObject {
  const key = parsePrivateKey(pem);
  if (key.asymmetricKeyDetails?.namedCurve === "prime256v1") return key;
  throw new KeyFileError("its key isn't on the curve P-256");
}

function makeKey(store: KeyStore): KeyObject {
  const key = makeCertificateKey();
  store.save(KEY_FILE, pemOf(key));
  return key;
}

/** With the certificate that is kept, or a new one where that isn't the key's, or ends soon. */
async function currentCredentials(options: SelfMadeOptions, key: KeyObject): Promise<Credentials> {
  const { store, names } = options;
  const now = timeOf(options);
  const [kept] = store.load(CERTIFICATE_FILE, parseCertificates) ?? [];
  if (kept?.checkPrivateKey(key) && isCurrent(kept, now)) return new Credentials([kept], key);
  const made = await makeCertificate(key, names, now);
  store.save(CERTIFICATE_FILE, made.toString());
  return new Credentials([made], key);
}
