import type { DamageHint } from "../frame/damage.ts";
import type { Framebuffer } from "../frame/framebuffer.ts";

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

/**
 * What a desktop tells its owner. A listener may call back into the desktop, to grab for one, and may
 * take some milliseconds for it. It must not throw: no desktop catches that.
 */
export interface DesktopEvents {
  /** Something on the screen may have changed: {@linkcode Desktop.grab} when there is time. */
  damaged(): void;
  /** `screen` is another framebuffer now; everything has changed. */
  resized(): void;
  /** `cursor` has changed. */
  cursorChanged(): void;
  /** Somebody at the desktop copied text. */
  clipboard(text: string): void;
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

  /**
   * Starts to watch the screen, the cursor and the clipboard. Until then, and after `unwatch`, the
   * desktop costs no CPU. The first grab after it reports the whole screen.
   */
  watch(events: DesktopEvents): void;
  /** Stops watching; no event comes after it. */
  unwatch(): void;
  /**
   * Brings `screen` up to date where something may have changed.
   * @throws {PlatformError} When the desktop is gone.
   */
  grab(): DamageHint;

  /** Presses or releases the key that types an X11 keysym (RFC 6143 §7.5.4). */
  key(keysym: number, down: boolean): void;
  /** Moves the pointer; `buttons` is the RFB button mask (bit 0 left … 3 to 6 wheel). */
  pointer(x: number, y: number, buttons: number): void;
  /** Makes `text` the desktop's clipboard. */
  setClipboard(text: string): void;
  /** Gives everything back; no event comes after it. */
  close(): void;
}
