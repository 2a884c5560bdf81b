import type { KeyObject, X509Certificate } from "node:crypto";
import type { SecureContext } from "node:tls";
import { type Logger, messageOf } from "../../log.ts";
import { type MachineNames, makeCertificate, makeCertificateKey } from "../tls/certificate.ts";
import type { KeyStore } from "./key_store.ts";
import { KeyFileError, parseCertificates, parsePrivateKey } from "./pem.ts";
import {
  type Fingerprints,
  type HighestTls,
  pemOf,
  ServerCertificate,
  type TlsIdentity,
} from "./tls_identity.ts";

const KEY_FILE = "certificate_key.pem";
const CERTIFICATE_FILE = "certificate.pem";

/** Milliseconds before its end from which on a certificate is replaced. */
const RENEWAL_TIME = 30 * 24 * 3600 * 1000;

/** What a {@linkcode SelfMadeIdentity} needs. */
export interface SelfMadeOptions {
  readonly store: KeyStore;
  readonly names: MachineNames;
  readonly log: Pick<Logger, "info" | "warn">;
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
  #current: ServerCertificate;
  #renewal: Promise<void> | undefined;
  /** What was last said about a renewal that failed. */
  #complaint = "";

  private constructor(options: SelfMadeOptions, key: KeyObject, current: ServerCertificate) {
    this.#options = options;
    this.#key = key;
    this.#current = current;
  }

  /**
   * With what is kept, or new.
   * @throws {KeyFileError} When a key is kept, but can't be used.
   */
  static async open(options: SelfMadeOptions): Promise<SelfMadeIdentity> {
    const key = options.store.loadKey(KEY_FILE, parseKey) ?? makeKey(options.store);
    return new SelfMadeIdentity(options, key, await currentCertificate(options, key));
  }

  async secureContext(highest: HighestTls): Promise<SecureContext> {
    if (!isCurrent(this.#current.certificate, timeOf(this.#options))) {
      this.#renewal ??= this.#renew().finally(() => this.#renewal = undefined);
      await this.#renewal;
    }
    return this.#current.contexts[highest];
  }

  get fingerprints(): Fingerprints {
    return this.#current.fingerprints;
  }

  get names(): readonly string[] {
    return this.#current.names;
  }

  async #renew(): Promise<void> {
    const { log } = this.#options;
    try {
      this.#current = await currentCertificate(this.#options, this.#key);
    } catch (error) {
      if (!isValid(this.#current.certificate, timeOf(this.#options))) throw error;
      const complaint = `the certificate can't be renewed: ${messageOf(error)}`;
      // It is tried again at the next handshake.
      if (complaint !== this.#complaint) log.warn(complaint);
      this.#complaint = complaint;
      return;
    }
    const { certificate } = this.fingerprints;
    log.info(`the certificate was about to end; the new one is SHA-256 ${certificate}`);
  }
}

function timeOf({ now = Date.now }: SelfMadeOptions): number {
  return now();
}

function isValid({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return Date.parse(validFrom) <= now && now < Date.parse(validTo);
}

function isCurrent(certificate: X509Certificate, now: number): boolean {
  return isValid(certificate, now) && isValid(certificate, now + RENEWAL_TIME);
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
async function currentCertificate(
  options: SelfMadeOptions,
  key: KeyObject,
): Promise<ServerCertificate> {
  const { store, names } = options;
  const now = timeOf(options);
  const [kept] = store.loadReplaceable(CERTIFICATE_FILE, parseCertificates) ?? [];
  if (kept?.checkPrivateKey(key) && isCurrent(kept, now)) return new ServerCertificate([kept], key);
  const made = await makeCertificate(key, names, now);
  store.save(CERTIFICATE_FILE, made.toString());
  return new ServerCertificate([made], key);
}
