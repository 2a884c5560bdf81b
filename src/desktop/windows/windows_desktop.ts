import type { DamageHint } from "../../frame/damage.ts";
import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";
import type { Logger } from "../../log.ts";
import type { Cursor, Desktop, DesktopEvents, Leds, Position, Screen } from "../desktop.ts";
import { PlatformError } from "../errors.ts";
import { onlyScreen } from "../screens.ts";
import { BitBltCapture } from "./bitblt_capture.ts";
import type { Capture } from "./capture.ts";
import { type Libraries, loadLibraries } from "./libraries.ts";
import type { Part } from "./part.ts";
import { Pointer } from "./pointer.ts";
import { Pulse } from "./pulse.ts";
import { virtualScreen } from "./virtual_screen.ts";

/** How {@linkcode openWindowsDesktop} opens the desktop. */
export interface WindowsOptions {
  readonly log: Logger;
}

/**
 * Opens the desktop of the user who runs vncd.
 * @throws {PlatformError} When this isn't Windows, or the screen can't be had now.
 */
export function openWindowsDesktop({ log }: WindowsOptions): WindowsDesktop {
  return new WindowsDesktop(loadLibraries(), log);
}

/** The desktop of the user who runs vncd; made by {@linkcode openWindowsDesktop}. */
export class WindowsDesktop implements Desktop {
  readonly title = "Windows desktop";
  readonly #libraries: Libraries;
  readonly #pointer: Pointer;
  #area: Rect;
  #capture: Capture;
  #events: DesktopEvents | undefined;
  readonly #pulse = new Pulse(() => this.#look());
  /** What is looked at while the desktop is watched. */
  #parts: readonly Part[] = [];

  constructor(libraries: Libraries, log: Logger) {
    this.#libraries = libraries;
    this.#area = virtualScreen(libraries);
    this.#capture = new BitBltCapture(libraries, this.#area);
    this.#pointer = new Pointer(libraries);
    log.debug(`pixels are had by ${this.#capture.name}`);
  }

  get screen(): Framebuffer {
    return this.#capture.screen;
  }

  get screens(): readonly Screen[] {
    return onlyScreen(this.screen);
  }

  get cursor(): Cursor | undefined {
    return undefined;
  }

  get pointerPosition(): Position | undefined {
    return undefined;
  }

  get leds(): Leds | undefined {
    return undefined;
  }

  watch(events: DesktopEvents): void {
    const isWatched = this.#events !== undefined;
    this.#events = events;
    if (isWatched) return;
    this.#parts = [];
    this.#pulse.start();
  }

  unwatch(): void {
    if (this.#events === undefined) return;
    this.#events = undefined;
    this.#pulse.stop();
    for (const part of this.#parts) part.stop();
    this.#parts = [];
  }

  grab(): DamageHint {
    const { bounds } = this.screen;
    if (!this.#capture.fetch([bounds])) throw new PlatformError("the screen can't be had");
    return { region: Region.of(bounds), moves: [] };
  }

  key(): void {
    this.#pulse.hurry();
  }

  pointer(x: number, y: number, buttons: number): void {
    this.#pointer.set(x, y, buttons, this.#area);
    this.#pulse.hurry();
  }

  movePointer(): void {
    this.#pulse.hurry();
  }

  setClipboard(): void {}

  close(): void {
    this.unwatch();
    this.#capture.close();
  }

  /** One beat: whether a part has found something new. */
  #look(): boolean {
    let isNew = false;
    for (const part of this.#parts) isNew = part.look() || isNew;
    this.#events?.damaged();
    return isNew;
  }
}
