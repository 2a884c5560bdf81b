/** Builds messages: numbers are big-endian, as everything in RFB but pixels. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param capacity How many bytes are expected; it grows by itself. */
  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  u8(value: number): this {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    const at = this.#reserve(2);
    this.#bytes[at] = value >>> 8;
    this.#bytes[at + 1] = value;
    return this;
  }

  u32(value: number): this {
    const at = this.#reserve(4);
    this.#bytes[at] = value >>> 24;
    this.#bytes[at + 1] = value >>> 16;
    this.#bytes[at + 2] = value >>> 8;
    this.#bytes[at + 3] = value;
    return this;
  }

  s32(value: number): this {
    return this.u32(value);
  }

  bytes(value: Uint8Array): this {
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** Appends `count` zero bytes: the specification's padding. */
  padding(count: number): this {
    this.#reserve(count);
    return this;
  }

  /** What was written so far; the writer must not be used afterwards. */
  finish(): Uint8Array<ArrayBuffer> {
    const { length } = this.#bytes;
    return this.#length === length ? this.#bytes : this.#bytes.subarray(0, this.#length);
  }

  /** Makes room for `count` bytes, in another buffer perhaps, and says where they go. */
  #reserve(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return start;
  }
}
