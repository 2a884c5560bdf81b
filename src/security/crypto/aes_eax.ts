import { timingSafeEqual } from "@std/crypto/timing-safe-equal";
import { AES_BLOCK_SIZE, AesCmac, type Bytes } from "./cmac.ts";

/** Bytes of the tag that a sealed message ends with. */
export const EAX_TAG_LENGTH = AES_BLOCK_SIZE;

/** What each of the three MACs begins with, so that none can stand for another. */
const [FOR_NONCE, FOR_HEADER, FOR_CIPHERTEXT] = [0, 1, 2].map((use) =>
  new Uint8Array(AES_BLOCK_SIZE).with(AES_BLOCK_SIZE - 1, use)
) as [Bytes, Bytes, Bytes];

/**
 * AES-EAX (Bellare, Rogaway, Wagner: "The EAX Mode of Operation"): encrypts a message and proves
 * that nobody changed it, nor a header that is sent in plain. The work on long messages is done on
 * other threads, so that several can be sealed at once.
 */
export class AesEax {
  readonly #ctr: CryptoKey;
  readonly #cmac: AesCmac;

  private constructor(ctr: CryptoKey, cmac: AesCmac) {
    this.#ctr = ctr;
    this.#cmac = cmac;
  }

  /** @param key 16 or 32 bytes. */
  static async create(key: Bytes): Promise<AesEax> {
    const ctr = await crypto.subtle.importKey("raw", key, "AES-CTR", false, ["encrypt", "decrypt"]);
    return new AesEax(ctr, await AesCmac.create(key));
  }

  /**
   * Encrypts a message.
   * @param nonce Never the same for two messages under one key.
   * @returns As many bytes as the message has, and the tag.
   */
  async seal(nonce: Bytes, header: Bytes, message: Bytes): Promise<Bytes> {
    const counter = await this.#cmac.of(nonce, FOR_NONCE);
    const ciphertext = new Uint8Array(
      await crypto.subtle.encrypt(this.#mode(counter), this.#ctr, message),
    );
    const sealed = new Uint8Array(ciphertext.length + EAX_TAG_LENGTH);
    sealed.set(ciphertext);
    sealed.set(await this.#tag(counter, header, ciphertext), ciphertext.length);
    return sealed;
  }

  /**
   * Decrypts what {@linkcode seal} returns.
   * @returns Undefined where it isn't what was sealed, with that nonce and that header.
   */
  async open(nonce: Bytes, header: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
    const ciphertext = sealed.subarray(0, -EAX_TAG_LENGTH);
    const counter = await this.#cmac.of(nonce, FOR_NONCE);
    const tag = await this.#tag(counter, header, ciphertext);
    if (!timingSafeEqual(tag, sealed.subarray(-EAX_TAG_LENGTH))) return undefined;
    return new Uint8Array(
      await crypto.subtle.decrypt(this.#mode(counter), this.#ctr, ciphertext),
    );
  }

  #mode(counter: Bytes): AesCtrParams {
    return { name: "AES-CTR", counter, length: AES_BLOCK_SIZE * 8 };
  }

  async #tag(counter: Bytes, header: Bytes, ciphertext: Bytes): Promise<Bytes> {
    const [ofHeader, ofCiphertext] = await Promise.all([
      this.#cmac.of(header, FOR_HEADER),
      this.#cmac.of(ciphertext, FOR_CIPHERTEXT),
    ]);
    return counter.map((byte, i) => byte ^ ofHeader[i]! ^ ofCiphertext[i]!);
  }
}
