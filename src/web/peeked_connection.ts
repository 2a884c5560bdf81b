import { ConnectionView } from "../rfb/connection_view.ts";

const NOTHING = new Uint8Array(0);

/** A connection whose next bytes can be looked at before they are read. */
export class PeekedConnection extends ConnectionView {
  /** What has arrived and isn't read yet. */
  #kept = NOTHING;
  #ended = false;
  /** What the connection below was asked for, and nobody has taken. */
  #ahead: Promise<Uint8Array | null> | undefined;

  /**
   * Waits for the peer's next word, or its end; it may have come already.
   * @param milliseconds Infinity for as long as it takes.
   * @returns Whether it came in time.
   */
  async hears(milliseconds: number): Promise<boolean> {
    if (this.#kept.length > 0 || this.#ended) return true;
    const heard = this.#fetch().then(() => true);
    if (milliseconds === Infinity) return await heard;
    // Whoever reads next meets what went wrong.
    heard.catch(() => {});
    // Where this program was busy with something else, the time is up before it sees what has arrived.
    return await within(milliseconds, heard) || await within(0, heard);
  }

  /** The next bytes, without taking them: at least so many, fewer only where the stream ends. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#kept.length < length && !this.#ended) await this.#fetch();
    return this.#kept;
  }

  /** Takes bytes that were looked at. */
  skip(length: number): void {
    this.#kept = this.#kept.subarray(length);
  }

  override async read(): Promise<Uint8Array | null> {
    if (this.#kept.length === 0 && !this.#ended) {
      if (this.#ahead === undefined) return await super.read();
      await this.#fetch();
    }
    const bytes = this.#kept;
    this.#kept = NOTHING;
    return bytes.length === 0 && this.#ended ? null : bytes;
  }

  /** Keeps what comes next; several may wait for the same. */
  async #fetch(): Promise<void> {
    const ahead = this.#ahead ??= super.read();
    const chunk = await ahead;
    if (this.#ahead !== ahead) return;
    this.#ahead = undefined;
    if (chunk === null) this.#ended = true;
    else this.#kept = concatenated(this.#kept, chunk);
  }
}

/** What something comes to, or false when that takes longer than so many milliseconds. */
async function within(milliseconds: number, something: Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([something, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A copy, as what a connection gives is its own again with the next read. */
function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
