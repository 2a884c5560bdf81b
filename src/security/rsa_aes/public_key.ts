import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import type { ByteSource } from "../../rfb/byte_source.ts";
import { ByteWriter } from "../../rfb/byte_writer.ts";
import { ProtocolError } from "../../rfb/errors.ts";

/** Bits of a key: shorter ones can be broken. */
const MIN_BITS = 1024;
/** Deno's RSA takes no longer one. */
export const MAX_BITS = 4096;

/** Deno's RSA takes no larger exponent: whoever chose one could make every encryption slow. */
const MAX_EXPONENT = 2n ** 33n - 1n;

/** Bytes of a fingerprint that people compare. */
const FINGERPRINT_LENGTH = 8;

/** An RSA public key, as it is and as RSA-AES sends it. */
export interface RsaPublicKey {
  readonly key: KeyObject;
  /** Big-endian, without zeros before it. As long as everything that is encrypted with the key. */
  readonly modulus: Uint8Array;
  /** U32 length in bits, modulus, public exponent; the latter two filled to the same length. */
  readonly message: Uint8Array;
}

function keyMessage(bits: number, modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  return new ByteWriter(4 + modulus.length * 2)
    .u32(bits)
    .bytes(modulus)
    .padding(modulus.length - exponent.length)
    .bytes(exponent)
    .finish();
}

const fromBase64url = (text: string) => Uint8Array.fromBase64(text, { alphabet: "base64url" });
const toBase64url = (bytes: Uint8Array) =>
  bytes.toBase64({ alphabet: "base64url", omitPadding: true });

/**
 * The public half of a server's key.
 * @param privateKey An RSA key of 1024 to 4096 bits.
 * @throws {RangeError} When it is another.
 */
export function publicKeyOf(privateKey: KeyObject): RsaPublicKey {
  const bits = privateKey.asymmetricKeyDetails?.modulusLength;
  if (privateKey.asymmetricKeyType !== "rsa" || bits === undefined) {
    throw new RangeError("RSA-AES takes an RSA key");
  }
  if (bits < MIN_BITS || bits > MAX_BITS) {
    throw new RangeError(`RSA-AES takes a key of ${MIN_BITS} to ${MAX_BITS} bits, not ${bits}`);
  }
  const key = createPublicKey(privateKey);
  const { n, e } = key.export({ format: "jwk" });
  const modulus = fromBase64url(n!);
  return { key, modulus, message: keyMessage(bits, modulus, fromBase64url(e!)) };
}

/**
 * Reads the public key that a viewer sends.
 * @throws {ProtocolError} When no encryption can be made or trusted with it.
 */
export async function readPublicKey(source: ByteSource): Promise<RsaPublicKey> {
  const bits = (await source.read(4)).getUint32(0);
  if (bits < MIN_BITS || bits > MAX_BITS) {
    throw new ProtocolError(`an RSA key of ${bits} bits`);
  }
  const size = Math.ceil(bits / 8);
  const modulus = await source.readBytes(size);
  const exponent = await source.readBytes(size);
  const e = BigInt(`0x${exponent.toHex()}`);
  if (modulus[0] === 0 || modulus[size - 1]! % 2 === 0) {
    throw new ProtocolError("the modulus of an RSA key is even, or shorter than it claims");
  }
  if (e <= 1n || e > MAX_EXPONENT || e % 2n === 0n) {
    throw new ProtocolError("the exponent of an RSA key is even, or too small, or too large");
  }
  return { key: keyOf(modulus, exponent), modulus, message: keyMessage(bits, modulus, exponent) };
}

function keyOf(modulus: Uint8Array, exponent: Uint8Array): KeyObject {
  const [n, e] = [toBase64url(modulus), toBase64url(exponent)];
  return createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" });
}

/**
 * The fingerprint of a server's key as TigerVNC, RealVNC and noVNC show it to whoever connects:
 * `c3-6c-0d-30-9c-91-6a-66`.
 * @throws {RangeError} When RSA-AES can't use the key: see {@linkcode publicKeyOf}.
 */
export function fingerprintOf(privateKey: KeyObject): string {
  const digest = createHash("sha1").update(publicKeyOf(privateKey).message).digest();
  return digest.toString("hex", 0, FINGERPRINT_LENGTH).replace(/(..)(?!$)/g, "$1-");
}
