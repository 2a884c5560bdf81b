import type { SecureContext } from "node:tls";
import type { Logger } from "../../log.ts";
import { openToOthers, readChangingSecretFile, reasonOf, stampOf } from "../secret_file.ts";
import { assertFitForTls, KeyFileError, parseCertificates, parsePrivateKey } from "./pem.ts";
import {
  type Fingerprints,
  type HighestTls,
  ServerCertificate,
  type TlsIdentity,
} from "./tls_identity.ts";

/** More than any chain of certificates. */
const MAX_SIZE = 1024 * 1024;

/** What a {@linkcode FileIdentity} needs. */
export interface FileIdentityOptions {
  /** PEM: the server's certificate, and behind it those between it and its authority, if any. */
  readonly certificateFile: string;
  /** PEM: its private key. */
  readonly keyFile: string;
  readonly log: Pick<Logger, "warn" | "info">;
  /** The time in milliseconds since 1970; the system's clock when left out. */
  readonly now?: () => number;
}

/**
 * A certificate and its key from files of the administrator's, read again when something has renewed
 * them. What is there then may be of no use, such as a certificate whose key has yet to be written: the
 * former ones stay until it is.
 */
export class FileIdentity implements TlsIdentity {
  readonly #options: FileIdentityOptions;
  #seen: string;
  #current: ServerCertificate;

  /** @throws {KeyFileError} When the files can't be used; the message names them. */
  constructor(options: FileIdentityOptions) {
    this.#options = options;
    this.#seen = stampsOf(options);
    this.#current = load(options);
  }

  secureContext(highest: HighestTls): Promise<SecureContext> {
    const stamps = stampsOf(this.#options);
    if (stamps !== this.#seen) {
      this.#seen = stamps;
      this.#reload();
    }
    return Promise.resolve(this.#current.contexts[highest]);
  }

  get fingerprints(): Fingerprints {
    return this.#current.fingerprints;
  }

  get names(): readonly string[] {
    return this.#current.names;
  }

  #reload(): void {
    const { certificateFile, log } = this.#options;
    try {
      this.#current = load(this.#options);
      const { certificate } = this.fingerprints;
      log.info(`${certificateFile} has changed; the new certificate is SHA-256 ${certificate}`);
    } catch (error) {
      log.warn(`the former certificate stays in use: ${reasonOf(error)}`);
    }
  }
}

/** Something that is another when one of the files has changed. */
function stampsOf({ certificateFile, keyFile }: FileIdentityOptions): string {
  return [certificateFile, keyFile].map((file) => {
    try {
      return stampOf(file);
    } catch (error) {
      return reasonOf(error);
    }
  }).join();
}

/** @throws {KeyFileError} When the files can't be used; the message names them. */
function load(
  { certificateFile, keyFile, log, now = Date.now }: FileIdentityOptions,
): ServerCertificate {
  const certificates = read("certificate", certificateFile, parseCertificates).value;
  const { value: key, isOpenToOthers } = read("key", keyFile, (pem) => {
    const key = parsePrivateKey(pem);
    assertFitForTls(key);
    return key;
  });
  const [{ validFrom, validTo }] = certificates;
  if (!certificates[0].checkPrivateKey(key)) {
    throw new KeyFileError(
      `the key in ${keyFile} isn't that of the certificate in ${certificateFile}`,
    );
  }
  if (isOpenToOthers) log.warn(openToOthers(keyFile));
  if (now() >= Date.parse(validTo)) {
    log.warn(`the certificate in ${certificateFile} has expired: it was valid until ${validTo}`);
  } else if (now() < Date.parse(validFrom)) {
    log.warn(`the certificate in ${certificateFile} isn't valid yet, only from ${validFrom} on`);
  }
  return new ServerCertificate(certificates, key);
}

/** @throws {KeyFileError} When a file can't be used; the message names it. */
function read<T>(
  what: string,
  file: string,
  parse: (text: string) => T,
): { value: T; isOpenToOthers: boolean } {
  try {
    const { content, isOpenToOthers } = readChangingSecretFile(file, MAX_SIZE);
    return { value: parse(new TextDecoder().decode(content)), isOpenToOthers };
  } catch (error) {
    throw new KeyFileError(`can't use ${what} file ${file}: ${reasonOf(error)}`);
  }
}
