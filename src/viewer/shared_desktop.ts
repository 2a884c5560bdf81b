import type {
  ClipboardContent,
  ClipboardFormat,
  Cursor,
  Leds,
  Position,
  PowerAction,
  Screen,
} from "../desktop/desktop.ts";
import type { EncodedRect, PixelCoding } from "../encodings/encoding.ts";
import type { Framebuffer } from "../frame/framebuffer.ts";
import type { Move } from "../frame/move.ts";
import type { Rect } from "../frame/rect.ts";
import type { Region } from "../frame/region.ts";

/** What the desktop tells each viewer that has joined. */
export interface DesktopListener {
  /** Whether it waits for an update: the screen is looked at only while somebody does. */
  readonly waiting: boolean;
  /** Whether what it lacks is being made ready, and not held up by its line. */
  readonly catchingUp: boolean;
  /** `frame` has new pixels. */
  frameChanged(changed: Region, moves: readonly Move[]): void;
  /**
   * `frame` is another framebuffer, of another size perhaps; all its pixels are new.
   * @param by Who wanted it so, with {@linkcode SharedDesktop.resize}; `undefined` for the desktop.
   */
  frameReplaced(by?: DesktopListener): void;
  cursorChanged(): void;
  ledsChanged(): void;
  /**
   * `pointerPosition` is another now, and it wasn't this listener that put the pointer there.
   * @param warped Whether it was the desktop, and no other listener.
   */
  pointerMoved(warped: boolean): void;
  /** `title` is another now: the desktop went away, or came back. */
  renamed(): void;
  clipboard(content: ClipboardContent): void;
  bell(): void;
}

/** The desktop as its viewers see it, several at once. */
export interface SharedDesktop {
  /** What viewers are to show. It changes only in `join`, `look`, `resize` and between turns. */
  readonly frame: Framebuffer;
  /** See {@linkcode Desktop}. */
  readonly title: string;
  readonly cursor: Cursor | undefined;
  /** See {@linkcode Desktop}; they change with the frame. */
  readonly screens: readonly Screen[];
  readonly pointerPosition: Position | undefined;
  readonly leds: Leds | undefined;

  /** From now on `listener` is told of changes; the frame is up to date. */
  join(listener: DesktopListener): void;
  leave(listener: DesktopListener): void;
  /** A listener has begun to wait: looks for changes if there may be some. */
  look(): void;

  /**
   * The pixels of a rectangle as `frame` has them now; black outside of it. Viewers with equal
   * codings share what is encoded.
   */
  encode(
    rect: Rect,
    coding: PixelCoding,
  ): readonly EncodedRect[] | Promise<readonly EncodedRect[]>;

  /** See {@linkcode Desktop}. */
  key(keysym: number, down: boolean, scancode?: number): void;
  /** See {@linkcode Desktop}; the other listeners are told where the pointer is. */
  pointer(x: number, y: number, buttons: number, from: DesktopListener): void;
  /** See {@linkcode Desktop}; all listeners are told where the pointer is then. */
  movePointer(dx: number, dy: number, buttons: number): void;
  /** What {@linkcode SharedDesktop.setClipboard} takes. */
  readonly clipboardFormats: readonly ClipboardFormat[];
  /** Puts it on the desktop's clipboard, and tells it to the other listeners if it is no echo. */
  setClipboard(content: ClipboardContent, from: DesktopListener): void;
  /** Gives the desktop another size, if it can be had; `frameReplaced` comes before it returns. */
  resize(width: number, height: number, from: DesktopListener): boolean;
  /** Whether {@linkcode SharedDesktop.power} makes sense for this desktop. */
  readonly canPower: boolean;
  /** See {@linkcode Desktop}. */
  power(action: PowerAction): boolean;
}
