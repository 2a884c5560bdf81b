import { constants, type KeyObject, privateDecrypt, publicEncrypt } from "node:crypto";
import type { ByteSource } from "../../rfb/byte_source.ts";
import { ByteWriter } from "../../rfb/byte_writer.ts";
import { ProtocolError } from "../../rfb/errors.ts";
import type { RsaPublicKey } from "./public_key.ts";

const padding = constants.RSA_PKCS1_PADDING;

/** The message that tells a random number to the owner of a key: U16 length, encrypted number. */
export function encryptRandom({ key, modulus }: RsaPublicKey, random: Uint8Array): Uint8Array {
  const encrypted = publicEncrypt({ key, padding }, random);
  return new ByteWriter(2 + modulus.length).u16(modulus.length).bytes(encrypted).finish();
}

/**
 * Reads such a message.
 * @param instead Is returned where it holds no number of the same length. An error would tell senders
 *   of made-up messages what those decrypt to (Bleichenbacher's attack); this only leads to session keys
 *   that the sender doesn't know.
 * @throws {ProtocolError} When it is not as long as `publicKey`.
 */
export async function readRandom(
  source: ByteSource,
  privateKey: KeyObject,
  publicKey: RsaPublicKey,
  instead: Uint8Array,
): Promise<Uint8Array> {
  const length = (await source.read(2)).getUint16(0);
  if (length !== publicKey.modulus.length) {
    throw new ProtocolError(`an encrypted random number of ${length} bytes`);
  }
  const encrypted = await source.readBytes(length);
  try {
    const random = privateDecrypt({ key: privateKey, padding }, encrypted);
    return random.length === instead.length ? random : instead;
  } catch {
    return instead;
  }
}
