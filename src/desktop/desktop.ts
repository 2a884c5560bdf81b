import type { DamageHint } from "../frame/damage.ts";
import type { Framebuffer } from "../frame/framebuffer.ts";
import type { Rect } from "../frame/rect.ts";
import type { Answer, Question } from "./question.ts";

/** The pointer's picture. */
export interface Cursor {
  readonly width: number;
  readonly height: number;
  /** The pixel that points, from the top left corner. */
  readonly hotX: number;
  readonly hotY: number;
  /** `width * height` words `0xAARRGGBB`, colours not premultiplied by alpha. */
  readonly pixels: Uint32Array;
}

/** A place on the screen, in pixels from its top left corner. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** The lights of the keyboard: which locks are on. */
export interface Leds {
  readonly capsLock: boolean;
  readonly numLock: boolean;
  readonly scrollLock: boolean;
}

/** What one monitor shows of the desktop; it lies within {@linkcode Desktop.screen}. */
export interface Screen extends Rect {
  /** Stays the same for as long as the monitor does; a U32. */
  readonly id: number;
}

/**
 * What is on a clipboard: one thing in a format or several, one at least. Empty text is something
 * that was copied, too.
 */
export interface ClipboardContent {
  /** Lines end with a newline alone. */
  readonly text?: string;
  /** A document or a part of one; the comments `<!--StartFragment-->` and `<!--EndFragment-->` may mark what was copied. */
  readonly html?: string;
  /** Rich Text Format, as it would be in a file. */
  readonly rtf?: Uint8Array;
  /** An image: a device-independent bitmap of Windows, from BITMAPINFOHEADER or a later form of it on. */
  readonly dib?: Uint8Array;
}

/** One way to say what is on a clipboard. */
export type ClipboardFormat = keyof ClipboardContent;

/** What may be asked of the machine behind a desktop (the xvp extension). */
export type PowerAction = "shutdown" | "reboot" | "reset";

/**
 * What a desktop tells its owner. A listener may call back into the desktop, to grab for one, and may
 * take some milliseconds for it. It must not throw: no desktop catches that.
 */
export interface DesktopEvents {
  /** Something on the screen may have changed: {@linkcode Desktop.grab} when there is time. */
  damaged(): void;
  /** `screen` is another framebuffer now; everything has changed, `screens` too. */
  resized(): void;
  /** `cursor` has changed. */
  cursorChanged(): void;
  /** `leds` has changed, whoever pressed the key. */
  ledsChanged(): void;
  /** `pointerPosition` is another now, and not the one that {@linkcode Desktop.pointer} gave last. */
  pointerMoved(): void;
  /** Somebody at the desktop copied something. */
  clipboard(content: ClipboardContent): void;
  bell(): void;
  /** The desktop is gone (its server died); only `close` may be called from now on. */
  gone(reason: string): void;
}

/**
 * The platform boundary: one screen with its input and clipboard. A folder of its own for each
 * platform implements it (`x11/`, `demo/`), and one shared test suite is run on each.
 */
export interface Desktop {
  /** What is shared, for a person: `X11 display :0`, `demo desktop`. */
  readonly title: string;
  /** The screen's pixels as the last {@linkcode grab} left them. */
  readonly screen: Framebuffer;
  /** `undefined` means unknown: viewers keep their own pointer. */
  readonly cursor: Cursor | undefined;
  /** The monitors, one at least. */
  readonly screens: readonly Screen[];
  /** Where the pointer is, as far as is known while it is watched; `undefined` where nobody can tell. */
  readonly pointerPosition: Position | undefined;
  /** `undefined` where nobody can tell. */
  readonly leds: Leds | undefined;

  /**
   * Starts to watch the screen, cursor, pointer, LEDs and clipboard. Until then, and after `unwatch`,
   * the desktop costs no CPU. The first grab after it reports the whole screen.
   */
  watch(events: DesktopEvents): void;
  /** Stops watching; no event comes after it. */
  unwatch(): void;
  /**
   * Brings `screen` up to date where something may have changed.
   * @throws {PlatformError} When the desktop is gone.
   */
  grab(): DamageHint;

  /**
   * Presses or releases a key.
   * @param keysym The X11 keysym that it types (RFC 6143 §7.5.4); 0 when unknown.
   * @param scancode Which key it is on a PC keyboard, whatever it types: its XT scancode, with
   *   0x80 added instead of the prefix 0xe0. The desktop's layout then says what it types. A desktop
   *   that has no such key goes by the keysym.
   */
  key(keysym: number, down: boolean, scancode?: number): void;
  /**
   * Moves the pointer to a place.
   * @param buttons The RFB button mask: bit 0 left, middle, right, 3 to 6 wheel up, down, left, right,
   *   7 back, 8 forward.
   */
  pointer(x: number, y: number, buttons: number): void;
  /** Moves the pointer by some pixels from where it is, as a mouse does; `pointerMoved` tells where to. */
  movePointer(dx: number, dy: number, buttons: number): void;
  /** What {@linkcode setClipboard} takes; text alone when left out. */
  readonly clipboardFormats?: readonly ClipboardFormat[];
  /** Makes it the desktop's clipboard, in the formats that the desktop takes. */
  setClipboard(content: ClipboardContent): void;
  /**
   * Gives the screen another size, as `resized` tells; left out where no size can be chosen.
   * @returns Whether it has that size now.
   */
  resize?(width: number, height: number): boolean;
  /**
   * Turns the machine off or starts it anew; left out where that can't be done.
   * @returns Whether it will.
   */
  power?(action: PowerAction): boolean;
  /**
   * Asks the person at the desktop; left out where nobody can be asked. One question at a time.
   * @param signal Withdraws the question; it counts as refused then.
   * @throws {PlatformError} When it can't be shown.
   */
  ask?(question: Question, signal: AbortSignal): Promise<Answer>;
  /** Gives everything back; no event comes after it. */
  close(): void;
}
