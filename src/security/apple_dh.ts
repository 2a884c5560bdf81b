import { createDecipheriv, createHash } from "node:crypto";
import { ByteWriter } from "../rfb/byte_writer.ts";
import { decodeName } from "./accounts/name_and_password.ts";
import { DH_GENERATOR, DH_LENGTH, DH_PRIME, DiffieHellman } from "./crypto/diffie_hellman.ts";
import type { Gate } from "./gate.ts";
import type { SecurityChannel } from "./security_channel.ts";
import type { Grant, SecurityType } from "./security_type.ts";

/** Bytes of the field for the name, and of that for the password. */
const FIELD_LENGTH = 64;

/** What a field holds: all before the first zero, or all of it. */
function fieldOf(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return bytes.slice(0, end < 0 ? FIELD_LENGTH : end);
}

/**
 * Decrypts what a viewer sends: two fields of 64 bytes, the name and the password.
 * @param secret Of the key exchange, with all its leading zeros: they count for its digest.
 * @returns Nonsense where the viewer has another secret; nothing tells that apart from a wrong password.
 */
export function decryptCredentials(
  secret: Uint8Array,
  encrypted: Uint8Array,
): { name: string; password: Uint8Array } {
  const key = createHash("md5").update(secret).digest();
  const decipher = createDecipheriv("aes-128-ecb", key, null).setAutoPadding(false);
  const plain = decipher.update(encrypted);
  return {
    name: decodeName(fieldOf(plain.subarray(0, FIELD_LENGTH))),
    password: fieldOf(plain.subarray(FIELD_LENGTH)),
  };
}

/**
 * Security type Diffie-Hellman Authentication, which viewers know for Apple's servers: name and password
 * are encrypted on their way, what comes behind them is not. Nothing proves to the viewer who the server
 * is. Apple's own viewer doesn't come this far: it speaks 3.3 to all servers but those that greet as Apple's do.
 */
export class AppleDh implements SecurityType {
  readonly id = 30;
  readonly alwaysHasResult = true;
  readonly #gate: Gate;

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  async authenticate(channel: SecurityChannel): Promise<Grant> {
    const exchange = new DiffieHellman();
    await channel.write(
      new ByteWriter(4 + 2 * DH_LENGTH).u16(DH_GENERATOR).u16(DH_LENGTH)
        .bytes(DH_PRIME).bytes(exchange.publicValue).finish(),
    );
    const encrypted = await channel.source.readBytes(2 * FIELD_LENGTH);
    const secret = exchange.secretWith(await channel.source.readBytes(DH_LENGTH));
    const { name, password } = decryptCredentials(secret, encrypted);
    return await this.#gate.enter(channel.connection, name, password);
  }
}
