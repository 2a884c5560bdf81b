import { type Cipheriv, createCipheriv } from "node:crypto";

/** Bytes in a block of AES, and in a MAC. */
export const AES_BLOCK_SIZE = 16;

/** Bytes as WebCrypto takes them: not in memory that threads share. */
export type Bytes = Uint8Array<ArrayBuffer>;

const ZEROS: Bytes = new Uint8Array(AES_BLOCK_SIZE);

function xor(a: Bytes, b: Bytes): Bytes {
  return a.map((byte, i) => byte ^ b[i]!);
}

/** A block times x in GF(2^128), in a time that tells nothing about it. */
function doubled(block: Bytes): Bytes {
  const product = block.map((byte, i) => byte << 1 | (block[i + 1] ?? 0) >> 7);
  product[AES_BLOCK_SIZE - 1]! ^= 0x87 * (block[0]! >> 7);
  return product;
}

/**
 * AES-CMAC (RFC 4493), with AES-128 or AES-256. All blocks of a message but the last go through one
 * native CBC pass, on another thread.
 */
export class AesCmac {
  readonly #cbc: CryptoKey;
  readonly #ecb: Cipheriv;
  /** What the last block is mixed with: `whole` where the message fills it, else `part`. */
  readonly #subkeys: { readonly whole: Bytes; readonly part: Bytes };

  private constructor(key: Bytes, cbc: CryptoKey) {
    this.#cbc = cbc;
    this.#ecb = createCipheriv(`aes-${key.length * 8}-ecb`, key, null);
    this.#ecb.setAutoPadding(false);
    const whole = doubled(this.#encrypt(ZEROS));
    this.#subkeys = { whole, part: doubled(whole) };
  }

  /** @param key 16 or 32 bytes. */
  static async create(key: Bytes): Promise<AesCmac> {
    return new AesCmac(
      key,
      await crypto.subtle.importKey("raw", key, "AES-CBC", false, ["encrypt"]),
    );
  }

  /**
   * The MAC of a message.
   * @param head A block that the message begins with, before the bytes of `message`.
   */
  async of(message: Bytes, head?: Bytes): Promise<Bytes> {
    if (message.length === 0 && head !== undefined) return this.of(head);
    const start = Math.max(0, Math.ceil(message.length / AES_BLOCK_SIZE) - 1) * AES_BLOCK_SIZE;
    const before = head === undefined ? ZEROS : this.#encrypt(head);
    const state = start === 0 ? before : await this.#chain(message.subarray(0, start), before);
    return this.#encrypt(xor(state, this.#finish(message.subarray(start))));
  }

  /** The last block of a message, mixed so that no other message ends in the same way. */
  #finish(rest: Bytes): Bytes {
    if (rest.length === AES_BLOCK_SIZE) return xor(rest, this.#subkeys.whole);
    const padded = new Uint8Array(AES_BLOCK_SIZE);
    padded.set(rest);
    padded[rest.length] = 0x80;
    return xor(padded, this.#subkeys.part);
  }

  /** The last block of CBC over whole blocks. */
  async #chain(blocks: Bytes, iv: Bytes): Promise<Bytes> {
    const encrypted = await crypto.subtle.encrypt({ name: "AES-CBC", iv }, this.#cbc, blocks);
    // WebCrypto adds a block of padding of its own.
    return new Uint8Array(encrypted, blocks.length - AES_BLOCK_SIZE, AES_BLOCK_SIZE);
  }

  #encrypt(block: Bytes): Bytes {
    return new Uint8Array(this.#ecb.update(block));
  }
}
