import { timingSafeEqual } from "@std/crypto/timing-safe-equal";
import { randomBytes, scrypt as nodeScrypt } from "node:crypto";
import { AccountsError } from "./accounts_error.ts";

/** What scrypt (RFC 7914) costs: time grows with 2^logN * r * p, memory with 2^logN * r. */
export interface ScryptCost {
  /** The binary logarithm of N. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** What a password becomes in a file. */
export interface ScryptHash extends ScryptCost {
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
}

/**
 * Computes scrypt.
 * @param length Bytes of the result.
 */
export type Scrypt = (
  password: Uint8Array,
  salt: Uint8Array,
  cost: ScryptCost,
  length: number,
) => Promise<Uint8Array>;

/** 32 MiB and about an eighth of a second a password. */
export const DEFAULT_COST: ScryptCost = { logN: 15, r: 8, p: 1 };

/** Limits of what a file may ask for. The second one, of N * r * p, means 256 MiB and a few seconds. */
const MAX_LOG_N = 18;
const MAX_COST = 2 ** 21;

const SALT_LENGTH = 16;
const KEY_LENGTH = 32;
/** Bytes of a salt or key in a file. */
const LEAST_BYTES = 8;
const MOST_BYTES = 64;

/** scrypt on another thread: the event loop goes on meanwhile. */
export const scrypt: Scrypt = (password, salt, { logN, r, p }, length) => {
  const N = 2 ** logN;
  // The memory that RFC 7914 needs, and as much again.
  const maxmem = 2 * 128 * r * (N + p);
  return new Promise((resolve, reject) => {
    nodeScrypt(password, salt, length, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
};

/** Makes the hash, with a fresh salt, that {@linkcode isPasswordOf} later knows the password by. */
export async function hashPassword(
  password: Uint8Array,
  cost: ScryptCost = DEFAULT_COST,
): Promise<ScryptHash> {
  const salt = new Uint8Array(randomBytes(SALT_LENGTH));
  return { ...cost, salt, key: await scrypt(password, salt, cost, KEY_LENGTH) };
}

/** A hash that no password is known for. Comparing with it takes as long as with any of that cost. */
export function decoyHash(cost: ScryptCost): ScryptHash {
  return { ...cost, salt: randomBytes(SALT_LENGTH), key: randomBytes(KEY_LENGTH) };
}

/** Whether a password is the one that was hashed. */
export async function isPasswordOf(
  hash: ScryptHash,
  password: Uint8Array,
  compute: Scrypt = scrypt,
): Promise<boolean> {
  return timingSafeEqual(await compute(password, hash.salt, hash, hash.key.length), hash.key);
}

function decodeBase64(text: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    throw new AccountsError("the salt and the hash have to be base64");
  }
}

function checkCost({ logN, r, p }: ScryptCost): void {
  if (logN < 1 || r < 1 || p < 1) throw new AccountsError("ln, r and p have to be at least 1");
  if (logN > MAX_LOG_N || 2 ** logN * r * p > MAX_COST) {
    throw new AccountsError(
      `the hash costs too much: ln may be ${MAX_LOG_N} at most, and 2^ln * r * p ${MAX_COST}`,
    );
  }
}

/**
 * Reads a hash as {@linkcode formatHash} writes it.
 * @throws {AccountsError} When it is something else, or asks for too much memory or time.
 */
export function parseHash(text: string): ScryptHash {
  const parts = /^\$scrypt\$ln=(\d{1,4}),r=(\d{1,4}),p=(\d{1,4})\$([A-Za-z\d+/]+)\$([A-Za-z\d+/]+)$/
    .exec(text);
  if (parts === null) {
    throw new AccountsError("a hash looks like $scrypt$ln=15,r=8,p=1$SALT$HASH");
  }
  const cost = { logN: Number(parts[1]), r: Number(parts[2]), p: Number(parts[3]) };
  checkCost(cost);
  const hash = { ...cost, salt: decodeBase64(parts[4]!), key: decodeBase64(parts[5]!) };
  for (const { length } of [hash.salt, hash.key]) {
    if (length < LEAST_BYTES || length > MOST_BYTES) {
      throw new AccountsError(
        `the salt and the hash have ${LEAST_BYTES} to ${MOST_BYTES} bytes each`,
      );
    }
  }
  return hash;
}

/**
 * Writes a hash as a PHC string: the cost, the salt and the result in base64 without padding.
 * @example `$scrypt$ln=15,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$…`
 */
export function formatHash({ logN, r, p, salt, key }: ScryptHash): string {
  const base64 = (bytes: Uint8Array) => bytes.toBase64({ omitPadding: true });
  return `$scrypt$ln=${logN},r=${r},p=${p}$${base64(salt)}$${base64(key)}`;
}
