import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { MAX_BITS } from "../rsa_aes/public_key.ts";
import type { KeyStore } from "./key_store.ts";
import { KeyFileError, parsePrivateKey } from "./pem.ts";
import { pemOf } from "./tls_identity.ts";

const FILE = "rsa_key.pem";

/** Bits of the modulus: good until after 2030 (NIST SP 800-57), and viewers take 1024 to 8192. */
const BITS = 3072;
/** A weaker one can be broken before long. */
const MIN_BITS = 2048;

/** @throws {KeyFileError} When it is none, or can't be used. */
function parse(pem: string): KeyObject {
  const key = parsePrivateKey(pem);
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  const fits = modulusLength >= MIN_BITS && modulusLength <= MAX_BITS;
  if (key.asymmetricKeyType === "rsa" && fits) return key;
  throw new KeyFileError(`its key isn't RSA with ${MIN_BITS} to ${MAX_BITS} bits`);
}

/**
 * The private key for the RSA-AES security types: the one kept, or where there is none a new one.
 * @throws {KeyFileError} When one is kept, but can't be used.
 */
export async function rsaKey(store: KeyStore): Promise<KeyObject> {
  const kept = store.loadKey(FILE, parse);
  if (kept !== undefined) return kept;
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: BITS });
  store.save(FILE, pemOf(privateKey));
  return privateKey;
}
