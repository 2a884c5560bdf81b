import type { KeyObject } from "node:crypto";
import type { Gate } from "./gate.ts";
import { MAX_CREDENTIALS, parseCredentials } from "./rsa_aes/credentials.ts";
import { exchangeKeys, type RandomBytes, type ServerKey } from "./rsa_aes/key_exchange.ts";
import { publicKeyOf } from "./rsa_aes/public_key.ts";
import type { RsaAesVariant } from "./rsa_aes/variant.ts";
import type { SecurityChannel } from "./security_channel.ts";
import type { Grant, SecurityType } from "./security_type.ts";

/** The subtype: what the viewer shall tell. */
const [NAME_AND_PASSWORD, PASSWORD] = [1, 2];

const systemRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/**
 * The security types RSA-AES, RSA-AES-256 and their "unencrypted" kind, which encrypts only the
 * credentials (the RFB community specification's sections of these names). The viewer knows the
 * server by the fingerprint of its key.
 * @example
 * ```ts
 * new RsaAes(RSA_AES_VARIANTS.ra2_256, createPrivateKey(pem), gate);
 * ```
 */
export class RsaAes implements SecurityType {
  readonly id: number;
  readonly alwaysHasResult = true;
  readonly #variant: RsaAesVariant;
  readonly #key: ServerKey;
  readonly #gate: Gate;
  readonly #randomBytes: RandomBytes;

  /**
   * @param privateKey An RSA key of 1024 to 4096 bits.
   * @throws {RangeError} When it is another.
   */
  constructor(
    variant: RsaAesVariant,
    privateKey: KeyObject,
    gate: Gate,
    randomBytes: RandomBytes = systemRandom,
  ) {
    this.id = variant.id;
    this.#variant = variant;
    this.#key = { privateKey, publicKey: publicKeyOf(privateKey) };
    this.#gate = gate;
    this.#randomBytes = randomBytes;
  }

  async authenticate(channel: SecurityChannel): Promise<Grant> {
    const encrypted = await exchangeKeys(channel, this.#variant, this.#key, this.#randomBytes);
    await encrypted.write(Uint8Array.of(this.#gate.asksName ? NAME_AND_PASSWORD : PASSWORD));
    const { name, password } = parseCredentials(await encrypted.readMessage(MAX_CREDENTIALS));
    // From here on even a refusal is encrypted.
    if (this.#variant.encryptsSession) channel.replace(encrypted);
    return this.#gate.enter(channel.connection, name, password);
  }
}
