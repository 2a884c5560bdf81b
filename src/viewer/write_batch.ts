/** Bytes that are collected before they are written: each write costs as much as copying some 10 KB. */
const WRITE_SIZE = 64 * 1024;

/** Pieces of a stream, collected to be written together. */
export class WriteBatch {
  #pieces: Uint8Array[] = [];
  #size = 0;

  /** Bytes that are to be written. */
  get size(): number {
    return this.#size;
  }

  /** Whether it is time to write. */
  get isFull(): boolean {
    return this.#size >= WRITE_SIZE;
  }

  add(pieces: readonly Uint8Array[]): void {
    for (const piece of pieces) {
      this.#pieces.push(piece);
      this.#size += piece.length;
    }
  }

  /** Takes everything out: small pieces joined, and of large ones no more copied than fills that up. */
  take(): Uint8Array[] {
    const writes: Uint8Array[] = [];
    let joined = new Uint8Array(Math.min(this.#size, WRITE_SIZE));
    let [at, left] = [0, this.#size];
    for (let piece of this.#pieces) {
      while (piece.length > 0) {
        if (at === 0 && piece.length >= joined.length) {
          // There is nothing to join it with.
          writes.push(piece);
          left -= piece.length;
          joined = new Uint8Array(Math.min(left, WRITE_SIZE));
          break;
        }
        const part = piece.subarray(0, joined.length - at);
        joined.set(part, at);
        at += part.length;
        piece = piece.subarray(part.length);
        if (at < joined.length) continue;
        writes.push(joined);
        left -= at;
        joined = new Uint8Array(Math.min(left, WRITE_SIZE));
        at = 0;
      }
    }
    [this.#pieces, this.#size] = [[], 0];
    return writes;
  }
}
