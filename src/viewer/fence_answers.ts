import { ProtocolError } from "../rfb/errors.ts";
import { FENCE, type Fence, serverFence } from "../rfb/fence.ts";

/** Fences that may wait at a time. */
const MAX_WAITING = 64;

/** The flags that an answer keeps: those that are understood. */
const KNOWN_FLAGS = FENCE.BlockBefore | FENCE.BlockAfter | FENCE.SyncNext;

/** The answer to a fence. */
interface Answer {
  readonly message: Uint8Array;
  /** Called when it has been written, or never will be. */
  settle(): void;
}

/** The answers to one viewer's fences that wait to be written, in the order of the fences. */
export class FenceAnswers {
  readonly #waiting: Answer[] = [];
  #closed = false;

  /**
   * The viewer has sent a ClientFence; settles when the answer is written, or never will be.
   * @throws {ProtocolError} When many wait: it sends them and takes no answers.
   */
  add({ flags, payload }: Fence): Promise<void> {
    // Messages that came before the connection broke are read even behind that.
    if (this.#closed) return Promise.resolve();
    if (this.#waiting.length === MAX_WAITING) throw new ProtocolError("too many fences at a time");
    const message = serverFence({ flags: (flags & KNOWN_FLAGS) >>> 0, payload });
    return new Promise((settle) => this.#waiting.push({ message, settle }));
  }

  /** The answer to be written next. */
  get next(): Uint8Array | undefined {
    return this.#waiting[0]?.message;
  }

  /** The next one has been written. */
  written(): void {
    this.#waiting.shift()?.settle();
  }

  /** No more are written. */
  close(): void {
    this.#closed = true;
    for (const { settle } of this.#waiting.splice(0)) settle();
  }
}
