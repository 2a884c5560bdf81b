import { createCipheriv, createDecipheriv } from "node:crypto";

/** Bytes in a block and in a key. */
export const DES_BLOCK_SIZE = 8;

/** VNC's DES takes the bits of every key byte in reverse order (RFC 6143 §7.2.2). */
function reverseBits(byte: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit++) reversed |= (byte >> bit & 1) << (7 - bit);
  return reversed;
}

/** The password's first 8 bytes, filled with zeros, in the order of bits that VNC uses. */
function keyOf(password: Uint8Array): Uint8Array {
  return new Uint8Array(DES_BLOCK_SIZE).map((_, i) => reverseBits(password[i] ?? 0));
}

/**
 * Whether two passwords are one and the same DES key: equal in their first 8 bytes, but for the highest
 * bit of each, which becomes the key's parity bit, and that DES ignores.
 */
export function areSameKey(a: Uint8Array, b: Uint8Array): boolean {
  const other = keyOf(b);
  return keyOf(a).every((byte, i) => byte >> 1 === other[i]! >> 1);
}

/** What createCipheriv and createDecipheriv have in common. */
type MakeCipher = (algorithm: string, key: Uint8Array, iv: Uint8Array) => {
  setAutoPadding(auto: boolean): unknown;
  update(block: Uint8Array): Uint8Array;
};

/**
 * Runs single DES in ECB mode. node:crypto offers neither, but three equal keys make triple DES single,
 * and one block a cipher with a zero IV makes CBC the same as ECB.
 */
function eachBlock(make: MakeCipher, password: Uint8Array, data: Uint8Array): Uint8Array {
  if (data.length % DES_BLOCK_SIZE !== 0) {
    throw new RangeError(`DES takes whole blocks of 8 bytes, not ${data.length} bytes`);
  }
  const key = keyOf(password);
  const threeKeys = new Uint8Array([...key, ...key, ...key]);
  const result = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += DES_BLOCK_SIZE) {
    const cipher = make("des-ede3-cbc", threeKeys, new Uint8Array(DES_BLOCK_SIZE));
    cipher.setAutoPadding(false);
    result.set(cipher.update(data.subarray(at, at + DES_BLOCK_SIZE)), at);
  }
  return result;
}

/**
 * Encrypts whole blocks as VNC Authentication does: the answer to a 16-byte challenge, for one.
 * @param password Only its first 8 bytes count.
 * @param data A multiple of 8 bytes.
 * @throws {RangeError} When `data` is no multiple of 8 bytes.
 */
export function desEncrypt(password: Uint8Array, data: Uint8Array): Uint8Array {
  return eachBlock(createCipheriv, password, data);
}

/** Undoes {@linkcode desEncrypt}; parameters and errors are the same. */
export function desDecrypt(password: Uint8Array, data: Uint8Array): Uint8Array {
  return eachBlock(createDecipheriv, password, data);
}
