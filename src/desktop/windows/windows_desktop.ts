import type { DamageHint } from "../../frame/damage.ts";
import type { Framebuffer } from "../../frame/framebuffer.ts";
import { type Logger, messageOf } from "../../log.ts";
import type {
  ClipboardContent,
  Cursor,
  Desktop,
  DesktopEvents,
  Leds,
  Position,
  Screen,
} from "../desktop.ts";
import { Clipboard } from "./clipboard/clipboard.ts";
import { CursorWatch } from "./cursor/cursor.ts";
import { attachToInputDesktop } from "./input_desktop.ts";
import { type Libraries, loadLibraries } from "./libraries.ts";
import type { Part } from "./part.ts";
import { Input } from "./input/input.ts";
import { LedWatch } from "./input/leds.ts";
import { MessageWindow } from "./message_window.ts";
import { PointerWatch } from "./input/pointer_watch.ts";
import { Pulse } from "./pulse.ts";
import { WatchedScreen } from "./screen/watched_screen.ts";

const WM_CLOSE = 0x10;
const WM_ENDSESSION = 0x16;
const WM_DISPLAYCHANGE = 0x7e;

/** How {@linkcode openWindowsDesktop} opens the desktop. */
export interface WindowsOptions {
  readonly log: Logger;
  /** Told, while the desktop is watched, when the program is to end. */
  readonly ending?: Ending;
}

/** How Windows asks a program to end. */
export interface Ending {
  /** Somebody wants it to, by `taskkill` say. */
  asked(reason: string): void;
  /** It may be ended as soon as this returns. */
  atOnce(reason: string): void;
}

/**
 * Opens the desktop of the user who runs vncd.
 * @throws {PlatformError} When this isn't Windows, or the screen can't be had now.
 */
export function openWindowsDesktop({ log, ending }: WindowsOptions): WindowsDesktop {
  const libraries = loadLibraries();
  attachToInputDesktop(libraries);
  return new WindowsDesktop(libraries, log, ending);
}

/** The desktop of the user who runs vncd; made by {@linkcode openWindowsDesktop}. */
export class WindowsDesktop implements Desktop {
  readonly title = "Windows desktop";
  readonly clipboardFormats = ["text", "rtf", "html", "dib"] as const;
  readonly #libraries: Libraries;
  readonly #input: Input;
  readonly #pointer: PointerWatch;
  readonly #cursor: CursorWatch;
  readonly #leds: LedWatch;
  readonly #window: MessageWindow;
  readonly #clipboard: Clipboard;
  readonly #screen: WatchedScreen;
  #events: DesktopEvents | undefined;
  readonly #pulse = new Pulse(() => this.#look());
  /** What is looked at while the desktop is watched. */
  #parts: readonly Part[] = [];

  constructor(libraries: Libraries, log: Logger, ending?: Ending) {
    this.#libraries = libraries;
    this.#screen = new WatchedScreen(libraries, log);
    this.#pointer = new PointerWatch(libraries, () => this.#screen.area);
    this.#cursor = new CursorWatch(libraries);
    this.#leds = new LedWatch(libraries);
    this.#window = new MessageWindow(libraries, log);
    this.#window.on(WM_DISPLAYCHANGE, () => this.#screen.displayChanged());
    // By itself the window would close, and whoever asked for that be told that it's done.
    this.#window.on(WM_CLOSE, () => ending?.asked("Windows asks vncd to close"));
    this.#window.on(WM_ENDSESSION, (isEnding) => {
      // Somebody may have kept it from ending.
      if (isEnding !== 0n) ending?.atOnce("the session ends");
    });
    this.#clipboard = new Clipboard(libraries, this.#window, log);
    this.#input = new Input(libraries, this.#pointer, log);
  }

  get screen(): Framebuffer {
    return this.#screen.screen;
  }

  get screens(): readonly Screen[] {
    return this.#screen.screens;
  }

  get cursor(): Cursor | undefined {
    return this.#cursor.cursor;
  }

  get pointerPosition(): Position | undefined {
    return this.#pointer.position;
  }

  get leds(): Leds | undefined {
    return this.#leds.leds;
  }

  watch(events: DesktopEvents): void {
    const isWatched = this.#events !== undefined;
    this.#events = events;
    if (isWatched) return this.#screen.allIsDue();
    this.#startParts();
    this.#pulse.start();
  }

  unwatch(): void {
    if (this.#events === undefined) return;
    this.#events = undefined;
    this.#pulse.stop();
    this.#input.releaseAll();
    this.#stopParts();
  }

  grab(): DamageHint {
    const hint = this.#screen.grab();
    // What has changed goes on, mostly, and wasn't looked at while this was due.
    this.#pulse.hurry();
    return hint;
  }

  key(keysym: number, down: boolean, scancode?: number): void {
    this.#input.key(keysym, down, scancode);
    this.#hurry();
  }

  pointer(x: number, y: number, buttons: number): void {
    this.#input.pointer(x, y, buttons, this.#screen.area);
    this.#hurry();
  }

  movePointer(dx: number, dy: number, buttons: number): void {
    this.#input.movePointer(dx, dy, buttons, this.#screen.area);
    this.#hurry();
  }

  setClipboard(content: ClipboardContent): void {
    this.#clipboard.set(content);
  }

  close(): void {
    this.unwatch();
    this.#input.releaseAll();
    this.#screen.close();
  }

  #startParts(): void {
    this.#window.start();
    this.#screen.start({
      damaged: () => this.#events?.damaged(),
      resized: () => this.#events?.resized(),
      gone: (reason) => this.#tellGone(reason),
      switched: () => this.#reattach(),
    });
    this.#pointer.start(() => this.#events?.pointerMoved());
    this.#cursor.start(() => this.#events?.cursorChanged());
    this.#leds.start(() => this.#events?.ledsChanged());
    this.#clipboard.start((content) => this.#events?.clipboard(content));
    this.#parts = [
      this.#window,
      this.#screen,
      this.#pointer,
      this.#cursor,
      this.#leds,
      this.#clipboard,
    ];
  }

  #stopParts(): void {
    // The window goes last.
    for (const part of this.#parts.toReversed()) part.stop();
    this.#parts = [];
  }

  /** One beat: whether a part has found something new. */
  #look(): boolean {
    let isNew = false;
    const parts = this.#parts;
    for (const part of parts) {
      // What one tells may end them all.
      if (this.#parts !== parts) return true;
      isNew = part.look() || isNew;
    }
    return isNew;
  }

  /** Something will happen soon, as there was input. */
  #hurry(): void {
    this.#screen.hurry();
    this.#pulse.hurry();
  }

  /** Follows Windows to another desktop. It lets go of the old one only when no window is left there. */
  #reattach(): void {
    this.#stopParts();
    try {
      attachToInputDesktop(this.#libraries);
      this.#screen.renew();
    } catch (error) {
      return this.#tellGone(messageOf(error));
    }
    this.#startParts();
    this.#events?.resized();
  }

  /** The last event: nothing is watched after it. */
  #tellGone(reason: string): void {
    const events = this.#events;
    this.unwatch();
    events?.gone(reason);
  }
}
