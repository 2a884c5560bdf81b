import type { EncodedRect } from "../encoding.ts";
import type { JobMessage, MemoryMessage, ThreadMessage } from "./messages.ts";

/** Something to encode, and who waits for it. */
export interface Job extends JobMessage {
  /** Whether a thread has died of it before. */
  suspect: boolean;
  resolve(rects: readonly EncodedRect[]): void;
  reject(error: unknown): void;
}

/** What a {@linkcode Thread} tells the pool. */
export interface ThreadEvents {
  /** It can take jobs now. */
  ready(): void;
  /** A job has been settled, so that it can take another one. */
  done(job: Job): void;
  /** It has ended by a fault of its own. */
  died(thread: Thread, message: string): void;
}

/** One Worker of the pool, seen from outside. */
export class Thread {
  readonly #worker: Worker;
  #ready = false;
  /** What it was given; the first one is at work, as it answers in order. */
  readonly jobs: Job[] = [];

  /**
   * @param worker Just started.
   * @param memory Where the jobs' pixels will be.
   */
  constructor(worker: Worker, memory: SharedArrayBuffer, events: ThreadEvents) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<ThreadMessage>) => {
      if ("ready" in data) {
        // Not before: what comes while it opens its codec would be lost.
        worker.postMessage({ memory } satisfies MemoryMessage);
        this.#ready = true;
        return events.ready();
      }
      const job = this.jobs.shift()!;
      if ("rects" in data) job.resolve(data.rects);
      else job.reject(data.error);
      events.done(job);
    };
    worker.onerror = (event) => {
      // Otherwise it would end the program.
      event.preventDefault();
      this.terminate();
      events.died(this, event.message);
    };
  }

  /** Whether it has come to the point where it can take jobs. */
  get ready(): boolean {
    return this.#ready;
  }

  run(job: Job): void {
    this.jobs.push(job);
    const { start, rect, coding, codingKey } = job;
    this.#worker.postMessage({ start, rect, coding, codingKey } satisfies JobMessage);
  }

  terminate(): void {
    this.#worker.onmessage = null;
    this.#worker.terminate();
  }
}
