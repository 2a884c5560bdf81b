import { Framebuffer } from "../../frame/framebuffer.ts";
import { areaOf, type Rect } from "../../frame/rect.ts";
import { type Logger, messageOf } from "../../log.ts";
import { codingKey } from "../coding_key.ts";
import type { EncodedRect, HereEncoder, PixelCoding, RectEncoder } from "../encoding.ts";
import { ENCODING } from "../ids.ts";
import { shifted } from "../shifted.ts";
import { PixelMemory } from "./pixel_memory.ts";
import { type Job, Thread } from "./thread.ts";

/**
 * Rectangles of so many pixels are encoded on the caller's thread: they take 0.1 ms as a rule and 1 ms
 * at worst, while the way to another thread and back takes 0.2 ms.
 */
const MAX_PIXELS_HERE = 128 * 128;

/** Pixels of what is quick that are encoded on the caller's thread in so many milliseconds, at most. */
const QUICK_PIXELS = 2048 * 1152;
const QUICK_TIME = 16;

/** Threads at most: each takes 15 MB of memory. */
const MAX_THREADS = 8;

/** Jobs that a thread has at a time: the second one lets it go on while its answer is on the way. */
const JOBS_A_THREAD = 2;

/** Bytes of pixels that may wait to be encoded: eight 4K screens with 8 viewers' wishes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What a {@linkcode WorkerPool} is made of. */
export interface WorkerPoolOptions {
  /** Starts a Worker that runs `serveJobs`. */
  startWorker(): Worker;
  /** For rectangles that aren't worth a thread, and for all when no thread can be had. */
  readonly here: HereEncoder;
  readonly log: Logger;
  /** How many; as many as there are processors when left out, up to 8. */
  readonly threads?: number;
  /** Bytes of pixels that may wait to be encoded; beyond that the caller has to do it. */
  readonly maxBytes?: number;
}

/**
 * Encodes large rectangles on Workers, so that meanwhile the caller's thread can attend to sockets and
 * input. Jobs are begun in the order of the calls.
 *
 * The Workers start one after the other from the first call on, whatever it asks for: starting one
 * blocks the caller's thread for 20 ms, and as early as that nobody notices. Nobody waits for them to
 * be ready either; until the first one is, all is encoded here.
 */
export class WorkerPool implements RectEncoder {
  readonly #options: WorkerPoolOptions;
  readonly #memory: PixelMemory;
  /** How many threads there are to be; none when none can be had. */
  #wanted: number;
  #threads: Thread[] = [];
  readonly #queue: Job[] = [];
  /** Pixels of what is quick that may be encoded here, as of then. */
  #quickPixels = QUICK_PIXELS;
  #quickSince = 0;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#wanted = options.threads ?? Math.min(navigator.hardwareConcurrency, MAX_THREADS);
    this.#memory = new PixelMemory(options.maxBytes ?? MAX_BYTES);
  }

  /** Rejects with what the encoder throws. */
  encode(
    frame: Framebuffer,
    rect: Rect,
    coding: PixelCoding,
  ): readonly EncodedRect[] | Promise<readonly EncodedRect[]> {
    const { here } = this.#options;
    if (this.#threads.length === 0) this.#startNext();
    if (this.#isForHere(rect, coding) || !this.#threads.some(({ ready }) => ready)) {
      return here.encode(frame, rect, coding);
    }
    const start = this.#memory.copy(frame, rect);
    if (start === undefined) return here.encode(frame, rect, coding);
    const key = codingKey(coding);
    return new Promise((resolve, reject) => {
      this.#queue.push({ start, rect, coding, codingKey: key, suspect: false, resolve, reject });
      this.#dispatch();
    });
  }

  /**
   * Whether it isn't worth a thread. What is quick is, as soon as there is much of it: then the threads
   * help, so that a large screen costs more CPU and takes less time.
   */
  #isForHere(rect: Rect, coding: PixelCoding): boolean {
    const area = areaOf(rect);
    if (area <= MAX_PIXELS_HERE || coding.encoding === ENCODING.Raw) return true;
    if (!this.#options.here.isQuick(coding)) return false;
    const now = performance.now();
    const more = (now - this.#quickSince) / QUICK_TIME * QUICK_PIXELS;
    this.#quickPixels = Math.min(QUICK_PIXELS, this.#quickPixels + more);
    this.#quickSince = now;
    if (this.#quickPixels < area) return false;
    this.#quickPixels -= area;
    return true;
  }

  /** Ends the Workers, and rejects what they haven't done. From then on all is encoded here. */
  close(): void {
    this.#wanted = 0;
    const threads = this.#threads.splice(0);
    for (const thread of threads) thread.terminate();
    const unfinished = [...threads.flatMap(({ jobs }) => jobs), ...this.#queue.splice(0)];
    for (const job of unfinished) job.reject(new Error("the encoding threads were ended"));
  }

  /** Starts one more thread, if there is to be one; the next one when that is ready. */
  #startNext(): void {
    if (this.#threads.length >= this.#wanted) return;
    try {
      this.#threads.push(
        new Thread(this.#options.startWorker(), this.#memory.buffer, {
          ready: () => this.#ready(),
          done: (job) => this.#done(job),
          died: (thread, message) => this.#died(thread, message),
        }),
      );
    } catch (error) {
      this.#cannotStart(messageOf(error));
    }
  }

  #cannotStart(reason: string): void {
    this.#wanted = this.#threads.length;
    const rest = this.#wanted === 0
      ? "all is encoded on the main one"
      : `${this.#wanted} do it all`;
    this.#options.log.warn(`can't start a thread for encoding, ${rest}: ${reason}`);
  }

  #ready(): void {
    if (this.#threads.length < this.#wanted) this.#startNext();
    else this.#options.log.debug(`encoding on ${this.#wanted} threads`);
    this.#dispatch();
  }

  #done(job: Job): void {
    this.#memory.release(job.start);
    this.#dispatch();
  }

  /** Gives what waits to the threads that have least to do. */
  #dispatch(): void {
    while (this.#queue.length > 0) {
      const [idlest] = this.#threads
        .filter(({ ready, jobs }) => ready && jobs.length < JOBS_A_THREAD)
        .sort((a, b) => a.jobs.length - b.jobs.length);
      if (idlest === undefined) return;
      idlest.run(this.#queue.shift()!);
    }
  }

  /** Another thread takes over, unless this one could not even start. */
  #died(thread: Thread, message: string): void {
    this.#threads.splice(this.#threads.indexOf(thread), 1);
    if (thread.ready) {
      this.#options.log.warn(`a thread for encoding ended: ${message}`);
      this.#startNext();
    } else {
      this.#cannotStart(message);
    }
    this.#takeBack(thread.jobs, message);
    if (this.#threads.length > 0) this.#dispatch();
    else for (const job of this.#queue.splice(0)) this.#runHere(job);
  }

  /** Tries a dead thread's jobs once more, unless the one it was at has already cost another thread. */
  #takeBack([culprit, ...others]: readonly Job[], message: string): void {
    this.#queue.unshift(...others);
    if (culprit === undefined) return;
    if (culprit.suspect) {
      this.#memory.release(culprit.start);
      culprit.reject(new Error(`encoding failed: ${message}`));
    } else {
      culprit.suspect = true;
      this.#queue.unshift(culprit);
    }
  }

  async #runHere({ start, rect, coding, resolve, reject }: Job): Promise<void> {
    try {
      const { width, height } = rect;
      const words = new Uint32Array(this.#memory.buffer, start, width * height);
      const picture = new Framebuffer(width, height, words);
      const rects = await this.#options.here.encode(picture, picture.bounds, coding);
      resolve(shifted(rects, rect.x, rect.y));
    } catch (error) {
      reject(error);
    } finally {
      this.#memory.release(start);
    }
  }
}
