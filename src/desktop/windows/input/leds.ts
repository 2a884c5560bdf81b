import type { Leds } from "../../desktop.ts";
import type { Libraries } from "../libraries.ts";
import type { Part } from "../part.ts";
import { MSG } from "../structs.ts";
import { VirtualKey } from "./virtual_keys.ts";

const PM_NOREMOVE = 0;
const WM_KEYFIRST = 0x100;
const WM_KEYLAST = 0x109;

/**
 * Which locks are on. A thread has its own copy of that, which changes when it looks for messages of
 * keys: the pulse does so, but a viewer may switch a lock and type between two beats.
 */
export function readLocks({ user32 }: Libraries): Leds {
  user32.PeekMessageW(new Uint8Array(MSG.size), null, WM_KEYFIRST, WM_KEYLAST, PM_NOREMOVE);
  const isOn = (virtualKey: number) => (user32.GetKeyState(virtualKey) & 1) === 1;
  return {
    capsLock: isOn(VirtualKey.CAPITAL),
    numLock: isOn(VirtualKey.NUMLOCK),
    scrollLock: isOn(VirtualKey.SCROLL),
  };
}

/** The keyboard's lights, whoever switches them. */
export class LedWatch implements Part {
  readonly #libraries: Libraries;
  #notify: (() => void) | undefined;
  #leds: Leds | undefined;

  constructor(libraries: Libraries) {
    this.#libraries = libraries;
  }

  /** As they were when last told of; `undefined` until they are first watched. */
  get leds(): Leds | undefined {
    return this.#leds;
  }

  start(notify: () => void): void {
    this.#notify = notify;
    this.#leds = readLocks(this.#libraries);
  }

  stop(): void {
    this.#notify = undefined;
  }

  look(): boolean {
    const before = this.#leds;
    const leds = readLocks(this.#libraries);
    if (
      leds.capsLock === before?.capsLock && leds.numLock === before.numLock &&
      leds.scrollLock === before.scrollLock
    ) return false;
    this.#leds = leds;
    this.#notify?.();
    return true;
  }
}
