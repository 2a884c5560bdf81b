import { createCipheriv } from "node:crypto";
import { concat } from "./bytes.ts";

// AES-EAX from the paper (Bellare, Rogaway, Wagner: "The EAX Mode of Operation"), block by block and
// sharing nothing with the server's own.

const BLOCK = 16;
const MASK = (1n << 128n) - 1n;

const numberOf = (block: Uint8Array) => BigInt(`0x${block.toHex()}`);
const blockOf = (number: bigint) =>
  Uint8Array.fromHex((number & MASK).toString(16).padStart(BLOCK * 2, "0"));

function aes(key: Uint8Array, block: bigint): bigint {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null);
  cipher.setAutoPadding(false);
  return numberOf(new Uint8Array(cipher.update(blockOf(block))));
}

function doubled(number: bigint): bigint {
  return number << 1n & MASK ^ (number >> 127n) * 0x87n;
}

/** OMAC of a block with the number of its use, and of the message. */
function omac(key: Uint8Array, use: number, message: Uint8Array): bigint {
  const all = concat(blockOf(BigInt(use)), message);
  const missing = (BLOCK - all.length % BLOCK) % BLOCK;
  const padded = concat(all, Uint8Array.of(0x80, ...new Uint8Array(BLOCK)).subarray(0, missing));
  const once = doubled(aes(key, 0n));
  let state = 0n;
  for (let at = 0; at < padded.length; at += BLOCK) {
    state ^= numberOf(padded.subarray(at, at + BLOCK));
    if (at + BLOCK === padded.length) state ^= missing === 0 ? once : doubled(once);
    state = aes(key, state);
  }
  return state;
}

/** CTR: encrypts and decrypts. */
function ctr(key: Uint8Array, start: bigint, message: Uint8Array): Uint8Array {
  const result = message.slice();
  for (let at = 0; at < result.length; at += BLOCK) {
    const stream = blockOf(aes(key, start + BigInt(at / BLOCK) & MASK));
    for (let i = at; i < Math.min(at + BLOCK, result.length); i++) result[i]! ^= stream[i - at]!;
  }
  return result;
}

function tagOf(key: Uint8Array, nonce: bigint, header: Uint8Array, ciphertext: Uint8Array) {
  return blockOf(nonce ^ omac(key, 1, header) ^ omac(key, 2, ciphertext));
}

/** The ciphertext and its tag. */
export function eaxSeal(
  key: Uint8Array,
  nonce: Uint8Array,
  header: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  const start = omac(key, 0, nonce);
  const ciphertext = ctr(key, start, message);
  return concat(ciphertext, tagOf(key, start, header, ciphertext));
}

/** Undoes {@linkcode eaxSeal}; fails where the tag is wrong. */
export function eaxOpen(
  key: Uint8Array,
  nonce: Uint8Array,
  header: Uint8Array,
  sealed: Uint8Array,
): Uint8Array {
  const start = omac(key, 0, nonce);
  const ciphertext = sealed.subarray(0, -BLOCK);
  const tag = tagOf(key, start, header, ciphertext);
  if (tag.toHex() !== sealed.subarray(-BLOCK).toHex()) throw new Error("wrong tag");
  return ctr(key, start, ciphertext);
}
