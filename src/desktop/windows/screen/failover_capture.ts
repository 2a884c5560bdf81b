import type { DamageHint } from "../../../frame/damage.ts";
import type { Framebuffer } from "../../../frame/framebuffer.ts";
import type { Rect } from "../../../frame/rect.ts";
import { Region } from "../../../frame/region.ts";
import type { Logger } from "../../../log.ts";
import { PlatformError } from "../../errors.ts";
import type { Capture } from "./capture.ts";

/** Milliseconds until the better way is tried again after it was lost. */
const RETRY = 5000;

/**
 * Opens a way to have the pixels, which it brings to `screen`.
 * @throws {PlatformError} When it's not to be had.
 */
export type OpenCapture = (screen: Framebuffer) => Capture;

/** Two ways to have the pixels: `best` where it works, and for as long as it does, or else `sure`. */
export interface CaptureWays {
  readonly best: OpenCapture;
  readonly sure: OpenCapture;
}

/**
 * Has the pixels in the better one of two ways; in the other one for a while when the better one is
 * lost. The screen is complete after each change of ways, and is told of as a whole.
 */
export class FailoverCapture implements Capture {
  readonly screen: Framebuffer;
  readonly #ways: CaptureWays;
  readonly #log: Logger;
  /** `undefined` when none works any more, or it's closed. */
  #capture: Capture | undefined;
  #isBest = true;
  /** When the better way is tried again: never where it hasn't worked yet. */
  #retryAt = Infinity;
  /** Whether another way was begun since the last grab. */
  #isAllDue = false;

  /** @throws {PlatformError} When neither way works. */
  constructor(screen: Framebuffer, ways: CaptureWays, log: Logger) {
    this.screen = screen;
    this.#ways = ways;
    this.#log = log;
    try {
      this.#begin(ways.best);
    } catch (error) {
      this.#fallBack(error);
    }
  }

  get name(): string {
    return this.#current.name;
  }

  look(near: readonly Rect[]): boolean {
    if (performance.now() >= this.#retryAt && this.#isBestBack()) return true;
    try {
      return this.#current.look(near);
    } catch (error) {
      this.#loseBest(error);
      return true;
    }
  }

  grab(isAll: boolean): DamageHint {
    try {
      const hint = this.#current.grab(isAll || this.#isAllDue);
      this.#isAllDue = false;
      return hint;
    } catch (error) {
      this.#loseBest(error);
      this.#isAllDue = false;
      return { region: Region.of(this.screen.bounds), moves: [] };
    }
  }

  hurry(): void {
    this.#capture?.hurry();
  }

  close(): void {
    this.#capture?.close();
    this.#capture = undefined;
  }

  get #current(): Capture {
    if (this.#capture === undefined) throw new PlatformError("no way to have the pixels works");
    return this.#capture;
  }

  /** What has failed works no longer; the other way does, from now on. */
  #loseBest(error: unknown): void {
    if (!this.#isBest) throw error;
    this.#fallBack(error);
    this.#retryAt = performance.now() + RETRY;
  }

  #fallBack(error: unknown): void {
    if (!(error instanceof PlatformError)) throw error;
    this.#log.debug(error.message);
    this.#isBest = false;
    this.close();
    this.#begin(this.#ways.sure);
  }

  #isBestBack(): boolean {
    try {
      this.#begin(this.#ways.best);
      this.#isBest = true;
      this.#retryAt = Infinity;
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      this.#log.debug(error.message);
      this.#retryAt = performance.now() + RETRY;
    }
    return this.#isBest;
  }

  /** A first grab shows whether it works. Only then the one before is closed. */
  #begin(open: OpenCapture): void {
    const capture = open(this.screen);
    try {
      capture.grab(true);
    } catch (error) {
      capture.close();
      throw error;
    }
    this.close();
    this.#capture = capture;
    this.#isAllDue = true;
    this.#log.debug(`pixels are had by ${capture.name}`);
  }
}
