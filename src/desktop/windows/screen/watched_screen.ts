import type { DamageHint } from "../../../frame/damage.ts";
import { Framebuffer } from "../../../frame/framebuffer.ts";
import { isEmpty, type Rect } from "../../../frame/rect.ts";
import { Region } from "../../../frame/region.ts";
import { type Logger, messageOf } from "../../../log.ts";
import type { DesktopEvents, Screen } from "../../desktop.ts";
import { PlatformError } from "../../errors.ts";
import { BitBltCapture } from "./bitblt_capture.ts";
import type { Capture } from "./capture.ts";
import { openDuplication } from "./duplication/open.ts";
import { FailoverCapture } from "./failover_capture.ts";
import { inputDesktopName, threadDesktopName } from "../input_desktop.ts";
import type { Libraries } from "../libraries.ts";
import { likelyAreas } from "./likely_areas.ts";
import { monitors } from "./monitors.ts";
import type { Part } from "../part.ts";
import { virtualScreen } from "./virtual_screen.ts";

/** Milliseconds from one look at what is shared to the next: which desktop, how large. */
const CHECK = 500;

/** What {@linkcode WatchedScreen} tells. */
export interface ScreenEvents extends Pick<DesktopEvents, "damaged" | "resized" | "gone"> {
  /** Another desktop is on the screen, and we may see it: this thread is to be attached to that. */
  switched(): void;
}

/** The pixels of all monitors, whatever becomes of them. */
export class WatchedScreen implements Part {
  readonly #libraries: Libraries;
  readonly #log: Logger;
  #area: Rect;
  #screens: readonly Screen[];
  #capture: Capture;
  #events: ScreenEvents | undefined;
  /** Whether the next grab is of the whole screen. */
  #isAllDue = true;
  /** Whether the first look since then has told that the whole screen is due. */
  #isAllTold = false;
  /** Whether something is said to have changed about the monitors, or the pixels couldn't be had. */
  #isDoubtful = false;
  #checkedAt = -Infinity;

  /** @throws {PlatformError} When the pixels can't be had. */
  constructor(libraries: Libraries, log: Logger) {
    this.#libraries = libraries;
    this.#log = log;
    this.#area = virtualScreen(libraries);
    this.#screens = monitors(libraries, this.#area);
    this.#capture = this.#open();
  }

  /** The virtual screen, in its coordinates. */
  get area(): Rect {
    return this.#area;
  }

  get screen(): Framebuffer {
    return this.#capture.screen;
  }

  get screens(): readonly Screen[] {
    return this.#screens;
  }

  start(events: ScreenEvents): void {
    this.#events = events;
    // While nobody watched, nobody was told either.
    this.#screens = monitors(this.#libraries, this.#area);
    this.allIsDue();
  }

  /** The next grab is of the whole screen, as for somebody new. */
  allIsDue(): void {
    this.#isAllDue = true;
    this.#isAllTold = false;
  }

  stop(): void {
    this.#events = undefined;
  }

  look(): boolean {
    const now = performance.now();
    if (this.#isDoubtful || now - this.#checkedAt >= CHECK) {
      this.#checkedAt = now;
      if (this.#check()) return true;
    }
    try {
      const isFound = this.#capture.look(likelyAreas(this.#libraries, this.#area));
      if (!isFound && this.#isAllTold) return false;
      this.#isAllTold = true;
      this.#events?.damaged();
    } catch (error) {
      this.#doubt(error);
    }
    return true;
  }

  /** @throws {PlatformError} When the pixels can't be had and nobody watches whom that is told. */
  grab(): DamageHint {
    try {
      const isAll = this.#isAllDue || this.#events === undefined;
      // Nobody may have looked for long.
      if (isAll && this.#isOther()) this.renew();
      const hint = this.#capture.grab(isAll);
      this.#isAllDue = false;
      return hint;
    } catch (error) {
      if (this.#events === undefined) throw error;
      this.#doubt(error);
      return { region: Region.empty, moves: [] };
    }
  }

  /** There was input: what it does will be seen soon. */
  hurry(): void {
    this.#capture.hurry();
  }

  /** Windows says that there are other monitors, or that they have another size. */
  displayChanged(): void {
    this.#isDoubtful = true;
  }

  /**
   * Begins anew: the screen is another framebuffer then.
   * @throws {PlatformError} When the pixels can't be had.
   */
  renew(): void {
    this.#capture.close();
    this.#isDoubtful = false;
    this.#isAllDue = true;
    this.#area = virtualScreen(this.#libraries);
    this.#screens = monitors(this.#libraries, this.#area);
    this.#capture = this.#open();
  }

  close(): void {
    this.stop();
    this.#capture.close();
  }

  /** Whether the screen is another one now, or gone; that's told. */
  #check(): boolean {
    try {
      if (inputDesktopName(this.#libraries) !== threadDesktopName(this.#libraries)) {
        this.#events?.switched();
        return true;
      }
      if (!this.#isDoubtful && !this.#isOther()) return false;
      this.renew();
      this.#events?.resized();
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      this.#events?.gone(error.message);
    }
    return true;
  }

  #isOther(): boolean {
    const { x, y, width, height } = virtualScreen(this.#libraries);
    const { area } = this;
    return x !== area.x || y !== area.y || width !== area.width || height !== area.height;
  }

  #open(): Capture {
    const { width, height } = this.#area;
    // So it is for a moment when the last one is unplugged, and while nobody is at a remote session.
    if (isEmpty(this.#area)) throw new PlatformError("Windows has no monitor now");
    return new FailoverCapture(new Framebuffer(width, height), {
      best: (screen) => openDuplication(this.#area, this.#screens.length, screen),
      sure: (screen) => new BitBltCapture(this.#libraries, this.#area, screen),
    }, this.#log);
  }

  /** The next look finds out what has become of the screen. */
  #doubt(error: unknown): void {
    if (!(error instanceof PlatformError)) throw error;
    this.#log.debug(messageOf(error));
    this.#isDoubtful = true;
    this.#isAllDue = true;
  }
}
