import type { DamageHint } from "../../frame/damage.ts";
import { Framebuffer } from "../../frame/framebuffer.ts";
import { ARROW_CURSOR, TEXT_CURSOR } from "../cursors.ts";
import type {
  ClipboardContent,
  Cursor,
  Desktop,
  DesktopEvents,
  Leds,
  Position,
  PowerAction,
  Screen,
} from "../desktop.ts";
import { Keysym, keysymToText } from "../keysym.ts";
import { onlyScreen } from "../screens.ts";
import { Content, SMALL } from "./content.ts";
import { Locks } from "./locks.ts";

/** Settings of the demo desktop. */
export interface DemoOptions {
  /** The screen's size; 1024x768 when left out. */
  readonly width?: number;
  readonly height?: number;
}

/** Pixels of the largest screen that a viewer may choose: 64 MB, and more in what follows it. */
const MAX_AREA = 4096 * 4096;

/** A paste is cut here, so that it can't stall the desktop. */
const MAX_PASTE = 20_000;

/** Keys that make what is typed with them a command. */
const COMMAND_KEYS: readonly number[] = [
  Keysym.Alt_L,
  Keysym.Alt_R,
  Keysym.Meta_L,
  Keysym.Meta_R,
  Keysym.Super_L,
  Keysym.Super_R,
];
const CONTROL_KEYS: readonly number[] = [Keysym.Control_L, Keysym.Control_R];

/**
 * A small desktop that vncd draws itself: windows that show what is typed and clicked. The same input
 * always gives the same pixels; there is no clock in it, and nothing happens without input.
 */
export class DemoDesktop implements Desktop {
  readonly title = "demo desktop";
  readonly #heldModifiers = new Set<number>();
  readonly #locks = new Locks();
  #screen: Framebuffer;
  #content: Content;
  #cursor: Cursor = ARROW_CURSOR;
  #events: DesktopEvents | undefined;
  #clipboard = "";
  #pressedButtons = 0;
  #pointer: Position;

  constructor({ width = SMALL.width, height = SMALL.height }: DemoOptions = {}) {
    this.#screen = new Framebuffer(width, height);
    this.#content = this.#createContent();
    this.#pointer = { x: width >> 1, y: height >> 1 };
  }

  get screen(): Framebuffer {
    return this.#screen;
  }

  get screens(): readonly Screen[] {
    return onlyScreen(this.#screen);
  }

  get pointerPosition(): Position {
    return this.#pointer;
  }

  get leds(): Leds {
    return this.#locks.leds;
  }

  get cursor(): Cursor {
    return this.#cursor;
  }

  watch(events: DesktopEvents): void {
    this.#events = events;
    this.#content.stack.exposeAll();
  }

  unwatch(): void {
    this.#events = undefined;
  }

  grab(): DamageHint {
    const changes = this.#content.stack.takeChanges(this.#screen.bounds);
    this.#content.stack.draw(this.#screen, changes.region);
    return changes;
  }

  key(keysym: number, down: boolean, scancode?: number): void {
    this.#content.inspector.showKey(keysym, down, scancode);
    if (this.#locks.key(keysym, down)) this.#events?.ledsChanged();
    if (COMMAND_KEYS.includes(keysym) || CONTROL_KEYS.includes(keysym)) {
      if (down) this.#heldModifiers.add(keysym);
      else this.#heldModifiers.delete(keysym);
    } else if (down) {
      this.#type(keysym);
    }
    this.#tellDamage();
  }

  pointer(x: number, y: number, buttons: number): void {
    const atX = clamp(x, this.#screen.width);
    const atY = clamp(y, this.#screen.height);
    this.#pointer = { x: atX, y: atY };
    this.#content.inspector.showPointer(atX, atY, buttons, buttons & ~this.#pressedButtons);
    this.#pressedButtons = buttons;
    this.#content.stack.pointer(atX, atY, buttons);
    this.#showCursor();
    this.#tellDamage();
  }

  movePointer(dx: number, dy: number, buttons: number): void {
    const { x, y } = this.#pointer;
    this.pointer(x + dx, y + dy, buttons);
    if (this.#pointer.x !== x || this.#pointer.y !== y) this.#events?.pointerMoved();
  }

  setClipboard({ text }: ClipboardContent): void {
    if (text === undefined) return;
    this.#clipboard = text;
    this.#content.inspector.showClipboard(text);
    this.#tellDamage();
  }

  resize(width: number, height: number): boolean {
    if (!(width > 0 && height > 0 && width * height <= MAX_AREA)) return false;
    if (width === this.#screen.width && height === this.#screen.height) return true;
    this.#screen = new Framebuffer(width, height);
    this.#content.resize(width, height);
    this.#events?.resized();
    const { x, y } = this.#pointer;
    this.#pointer = { x: clamp(x, width), y: clamp(y, height) };
    if (this.#pointer.x !== x || this.#pointer.y !== y) this.#events?.pointerMoved();
    this.#showCursor();
    this.#tellDamage();
    return true;
  }

  /** It can be started anew: all is as in the beginning, but for the size, the pointer and the locks. */
  power(action: PowerAction): boolean {
    if (action === "shutdown") return false;
    this.#content = this.#createContent();
    this.#clipboard = "";
    this.#showCursor();
    this.#tellDamage();
    return true;
  }

  close(): void {
    this.unwatch();
  }

  #type(keysym: number): void {
    const held = (keys: readonly number[]) => keys.some((key) => this.#heldModifiers.has(key));
    const text = keysymToText(keysym);
    if (held(COMMAND_KEYS)) return;
    if (held(CONTROL_KEYS)) {
      if (text === "v" || text === "V") this.#paste();
      if (text === "c" || text === "C") this.#copyNote();
    } else if (keysym === Keysym.Return || keysym === Keysym.KP_Enter) {
      this.#content.notepad.write("\n");
    } else if (keysym === Keysym.Tab || keysym === Keysym.KP_Tab) {
      this.#content.notepad.write("\t");
    } else if (keysym === Keysym.BackSpace) {
      this.#content.notepad.erase();
    } else if (text !== undefined) {
      this.#content.notepad.write(text);
    }
  }

  #paste(): void {
    const text = this.#clipboard.slice(0, MAX_PASTE).replace(/\r\n?/g, "\n").normalize("NFC");
    // Other control characters have no meaning in a note.
    // deno-lint-ignore no-control-regex
    this.#content.notepad.write(text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, ""));
  }

  #copyNote(): void {
    this.#clipboard = this.#content.notepad.text;
    this.#content.inspector.showClipboard(this.#clipboard);
    this.#events?.clipboard({ text: this.#clipboard });
  }

  #showCursor(): void {
    const { x, y } = this.#pointer;
    const cursor = this.#content.stack.isText(x, y) ? TEXT_CURSOR : ARROW_CURSOR;
    if (cursor === this.#cursor) return;
    this.#cursor = cursor;
    this.#events?.cursorChanged();
  }

  #createContent(): Content {
    return new Content(this.#screen.width, this.#screen.height, {
      resize: (width, height) => this.resize(width, height),
      ringBell: () => this.#events?.bell(),
      copyNote: () => this.#copyNote(),
    });
  }

  #tellDamage(): void {
    if (this.#content.stack.isDirty) this.#events?.damaged();
  }
}

/** The nearest pixel from 0 up to `size`; 0 for what is no number. */
function clamp(place: number, size: number): number {
  return Math.min(Math.max(0, Math.trunc(place) || 0), size - 1);
}

/**
 * Makes a demo desktop.
 * @throws {RangeError} When no {@linkcode Framebuffer} can have its size.
 */
export function openDemoDesktop(options: DemoOptions = {}): DemoDesktop {
  return new DemoDesktop(options);
}
