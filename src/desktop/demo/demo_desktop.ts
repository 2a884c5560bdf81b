import { Framebuffer } from "../../frame/framebuffer.ts";
import type { DamageHint } from "../../frame/damage.ts";
import type { Cursor, Desktop, DesktopEvents, Leds, Position, Screen } from "../desktop.ts";
import { onlyScreen } from "../screens.ts";
import { Keysym, keysymToText } from "../keysym.ts";
import { ARROW_CURSOR, TEXT_CURSOR } from "../cursors.ts";
import { Stack } from "./stack.ts";
import { Backdrop } from "./widgets/backdrop.ts";
import { Button } from "./widgets/button.ts";
import { Colours } from "./widgets/colours.ts";
import { Inspector } from "./widgets/inspector.ts";
import { Notepad } from "./widgets/notepad.ts";
import { Paint } from "./widgets/paint.ts";
import { Welcome } from "./widgets/welcome.ts";
import { Window } from "./widgets/window.ts";

/** Settings of the demo desktop. */
export interface DemoOptions {
  /** The screen's size; 1024x768 when left out. */
  readonly width?: number;
  readonly height?: number;
}

/** The sizes between which the button "Resize" changes. */
const SMALL = { width: 1024, height: 768 };
const LARGE = { width: 1280, height: 800 };

/** Pixels of the largest screen that a viewer may choose: 64 MB, and more in what follows it. */
const MAX_AREA = 4096 * 4096;

const LEFT_COLUMN = 24;
const RIGHT_COLUMN = 522;
const LEFT_WIDTH = 472;
const RIGHT_WIDTH = 476;
const NOTE_COLUMNS = 56;
const NOTE_ROWS = 25;

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
  readonly #stack = new Stack();
  readonly #notepad = new Notepad(NOTE_COLUMNS, NOTE_ROWS);
  readonly #inspector = new Inspector(RIGHT_WIDTH);
  /** In the bar, from the right. */
  readonly #buttons: readonly Button[];
  readonly #resizeButton = new Button(136, "", () => this.#toggleSize());
  readonly #heldModifiers = new Set<number>();
  #screen: Framebuffer;
  #cursor: Cursor = ARROW_CURSOR;
  #events: DesktopEvents | undefined;
  #clipboard = "";
  #pressedButtons = 0;
  #pointer: Position;
  #leds: Leds = { capsLock: false, numLock: false, scrollLock: false };

  constructor({ width = SMALL.width, height = SMALL.height }: DemoOptions = {}) {
    this.#screen = new Framebuffer(width, height);
    this.#pointer = { x: width >> 1, y: height >> 1 };
    this.#buttons = [
      this.#resizeButton,
      new Button(88, "Ring bell", () => this.#events?.bell()),
      new Button(88, "Copy note", () => this.#copyNote()),
    ];
    this.#stack.add(new Backdrop(width, height), 0, 0);
    for (const button of this.#buttons) this.#stack.add(button, 0, 0);
    const left = (title: string, y: number, content: Welcome | Notepad) =>
      this.#stack.add(new Window(title, content), LEFT_COLUMN, y);
    const right = (title: string, y: number, content: Paint | Inspector | Colours) =>
      this.#stack.add(new Window(title, content), RIGHT_COLUMN, y);
    left("Welcome", 56, new Welcome(LEFT_WIDTH, 194));
    left("Note pad", 295, this.#notepad);
    right("Paint", 56, new Paint(RIGHT_WIDTH));
    right("Input", 389, this.#inspector);
    right("Colours", 575, new Colours(RIGHT_WIDTH));
    this.#layOutBar();
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
    return this.#leds;
  }

  get cursor(): Cursor {
    return this.#cursor;
  }

  watch(events: DesktopEvents): void {
    this.#events = events;
    this.#stack.exposeAll();
  }

  unwatch(): void {
    this.#events = undefined;
  }

  grab(): DamageHint {
    const changes = this.#stack.takeChanges(this.#screen.bounds);
    this.#stack.draw(this.#screen, changes.region);
    return changes;
  }

  key(keysym: number, down: boolean): void {
    this.#inspector.showKey(keysym, down);
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
    this.#inspector.showPointer(atX, atY, buttons, buttons & ~this.#pressedButtons);
    this.#pressedButtons = buttons;
    this.#stack.pointer(atX, atY, buttons);
    const cursor = this.#stack.isText(atX, atY) ? TEXT_CURSOR : ARROW_CURSOR;
    if (cursor !== this.#cursor) {
      this.#cursor = cursor;
      this.#events?.cursorChanged();
    }
    this.#tellDamage();
  }

  movePointer(dx: number, dy: number, buttons: number): void {
    const { x, y } = this.#pointer;
    this.pointer(x + dx, y + dy, buttons);
    if (this.#pointer.x !== x || this.#pointer.y !== y) this.#events?.pointerMoved();
  }

  setClipboard(text: string): void {
    this.#clipboard = text;
    this.#inspector.showClipboard(text);
    this.#tellDamage();
  }

  /** The windows stay where they are, if they fit. */
  resize(width: number, height: number): boolean {
    if (!(width > 0 && height > 0 && width * height <= MAX_AREA)) return false;
    if (width === this.#screen.width && height === this.#screen.height) return true;
    this.#screen = new Framebuffer(width, height);
    this.#stack.resize(new Backdrop(width, height));
    this.#layOutBar();
    this.#events?.resized();
    this.movePointer(0, 0, this.#pressedButtons);
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
      this.#notepad.write("\n");
    } else if (keysym === Keysym.Tab || keysym === Keysym.KP_Tab) {
      this.#notepad.write("\t");
    } else if (keysym === Keysym.BackSpace) {
      this.#notepad.erase();
    } else if (text !== undefined) {
      this.#notepad.write(text);
    }
  }

  #paste(): void {
    const text = this.#clipboard.slice(0, MAX_PASTE).replace(/\r\n?/g, "\n").normalize("NFC");
    // Other control characters have no meaning in a note.
    // deno-lint-ignore no-control-regex
    this.#notepad.write(text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, ""));
  }

  #copyNote(): void {
    this.#clipboard = this.#notepad.text;
    this.#inspector.showClipboard(this.#clipboard);
    this.#events?.clipboard(this.#clipboard);
  }

  #toggleSize(): void {
    const { width, height } = this.#screen.width === LARGE.width ? SMALL : LARGE;
    this.resize(width, height);
  }

  #layOutBar(): void {
    let x = this.#screen.width - LEFT_COLUMN;
    for (const button of this.#buttons) {
      x -= button.width;
      this.#stack.place(button, x, 4);
      x -= 8;
    }
    const { width, height } = this.#screen.width === LARGE.width ? SMALL : LARGE;
    this.#resizeButton.label = `Resize ${width}x${height}`;
  }

  #tellDamage(): void {
    if (this.#stack.isDirty) this.#events?.damaged();
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
