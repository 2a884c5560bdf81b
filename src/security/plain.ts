import type { ByteSource } from "../rfb/byte_source.ts";
import { ProtocolError } from "../rfb/errors.ts";

/** Bytes that a name and a password may have: more than any that somebody types. */
const MAX_NAME = 255;
const MAX_PASSWORD = 1024;

/** A name and a password as a viewer sent them. */
export interface Credentials {
  readonly name: string;
  /** In UTF-8, unless the viewer does it otherwise. */
  readonly password: Uint8Array;
}

/**
 * Reads a name and a password in plain text, each with its length in front.
 * @throws {ProtocolError} When they are longer than anybody's.
 */
export async function readPlainCredentials(source: ByteSource): Promise<Credentials> {
  const lengths = await source.read(8);
  const [nameLength, passwordLength] = [lengths.getUint32(0), lengths.getUint32(4)];
  if (nameLength > MAX_NAME || passwordLength > MAX_PASSWORD) {
    throw new ProtocolError(`a name of ${nameLength} and a password of ${passwordLength} bytes`);
  }
  const name = new TextDecoder().decode(await source.readBytes(nameLength));
  return { name, password: await source.readBytes(passwordLength) };
}
