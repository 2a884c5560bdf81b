import type { KeyObject } from "node:crypto";
import type { Logger } from "../log.ts";
import { FileIdentity } from "../security/keys/file_identity.ts";
import { KeyStore } from "../security/keys/key_store.ts";
import { KeyFileError } from "../security/keys/pem.ts";
import { rsaKey } from "../security/keys/rsa_key.ts";
import { SelfMadeIdentity } from "../security/keys/self_made_identity.ts";
import type {
  Fingerprints as CertificateFingerprints,
  TlsIdentity,
} from "../security/keys/tls_identity.ts";
import { needsKey, type SecurityPolicy } from "../security/policy.ts";
import { fingerprintOf } from "../security/rsa_aes/public_key.ts";
import { CommandError } from "./failure.ts";
import { stateDirectory } from "./folders.ts";
import type { Options } from "./options.ts";
import type { Environment } from "./parse.ts";

/** How a person tells this server's keys from another's, as viewers show them; of those in use only. */
export interface Fingerprints {
  readonly rsa?: string;
  /** SHA-256 of the certificate, and of its public key. */
  readonly certificate?: CertificateFingerprints;
}

/** What keys are opened for, and from where. */
export type KeyOptions = Pick<Options, "cert" | "key" | "noWeb">;

/** The keys that a policy, and the page for browsers, need. */
export interface Keys {
  readonly rsaKey: KeyObject | undefined;
  readonly tls: TlsIdentity | undefined;
  readonly fingerprints: Fingerprints;
}

/**
 * Opens the keys that are needed; those that there are not yet are made and kept.
 * @throws {CommandError} When the files that the options name can't be used, or a key that is kept.
 */
export async function openKeys(
  policy: SecurityPolicy,
  options: KeyOptions,
  environment: Environment,
  log: Logger,
): Promise<Keys> {
  if ((options.cert === undefined) !== (options.key === undefined)) {
    throw new CommandError("--cert and --key belong together: name both files");
  }
  const store = new KeyStore(stateDirectory(environment), log);
  const rsa = needsKey(policy, "rsa") ? await explained(() => rsaKey(store)) : undefined;
  const tls = needsKey(policy, "tls") || !options.noWeb
    ? await explained(() => openIdentity(options, store, log))
    : undefined;
  if (tls === undefined && options.cert !== undefined) {
    log.warn(
      "--cert isn't used: there is no page for browsers, and --security has none of the x509 types",
    );
  }
  return {
    rsaKey: rsa,
    tls,
    fingerprints: {
      ...rsa === undefined ? {} : { rsa: fingerprintOf(rsa) },
      ...tls === undefined ? {} : { certificate: tls.fingerprints },
    },
  };
}

/** @throws {CommandError} When it throws a {@linkcode KeyFileError}. */
async function explained<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof KeyFileError) throw new CommandError(error.message);
    throw error;
  }
}

async function openIdentity(
  { cert, key }: Pick<Options, "cert" | "key">,
  store: KeyStore,
  log: Logger,
): Promise<TlsIdentity> {
  if (cert === undefined || key === undefined) {
    const addresses = Deno.networkInterfaces().map(({ address }) => address);
    const names = { hostname: Deno.hostname(), addresses };
    return await SelfMadeIdentity.open({ store, names, log });
  }
  return new FileIdentity({ certificateFile: cert, keyFile: key, log });
}
