import type { DamageHint } from "../../src/frame/damage.ts";
import type {
  ClipboardContent,
  Cursor,
  Desktop,
  DesktopEvents,
  Leds,
  Position,
  PowerAction,
  Screen,
} from "../../src/desktop/desktop.ts";
import { onlyScreen } from "../../src/desktop/screens.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import type { Move } from "../../src/frame/move.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";

/** A desktop that a test draws on, and that writes down what viewers do. */
export class FakeDesktop implements Desktop {
  readonly title = "fake desktop";
  screen: Framebuffer;
  cursor: Cursor | undefined;
  pointerPosition: Position | undefined;
  leds: Leds | undefined;
  /** Whether viewers get no other size. */
  refusesSizes = false;
  /**
   * What viewers did: `key 61 down`, `key 61 down 0x1e`, `pointer 1 2 0`, `move -1 0 0`,
   * `clipboard text`, `power reset`.
   */
  readonly input: string[] = [];
  watched = false;
  closed = false;
  grabs = 0;
  #events: DesktopEvents | undefined;
  #region = Region.empty;
  #moves: Move[] = [];

  constructor(width = 64, height = 48) {
    this.screen = new Framebuffer(width, height);
  }

  get screens(): readonly Screen[] {
    return onlyScreen(this.screen);
  }

  get events(): DesktopEvents {
    if (this.#events === undefined) throw new Error("nobody watches");
    return this.#events;
  }

  watch(events: DesktopEvents): void {
    this.watched = true;
    this.#events = events;
    this.#region = Region.of(this.screen.bounds);
  }

  unwatch(): void {
    this.watched = false;
    this.#events = undefined;
  }

  grab(): DamageHint {
    this.grabs++;
    const grab = { region: this.#region, moves: this.#moves };
    this.#region = Region.empty;
    this.#moves = [];
    return grab;
  }

  key(keysym: number, down: boolean, scancode?: number): void {
    const key = scancode === undefined ? "" : ` 0x${scancode.toString(16)}`;
    this.input.push(`key ${keysym.toString(16)} ${down ? "down" : "up"}${key}`);
  }

  pointer(x: number, y: number, buttons: number): void {
    this.pointerPosition = { x, y };
    this.input.push(`pointer ${x} ${y} ${buttons}`);
  }

  movePointer(dx: number, dy: number, buttons: number): void {
    const { x, y } = this.pointerPosition ?? { x: 0, y: 0 };
    this.input.push(`move ${dx} ${dy} ${buttons}`);
    this.movePointerTo({ x: x + dx, y: y + dy });
  }

  setClipboard({ text }: ClipboardContent): void {
    this.input.push(`clipboard ${text}`);
  }

  close(): void {
    this.closed = true;
    this.unwatch();
  }

  /** Draws, and says so if somebody watches. `colour` is given once or for every pixel. */
  paint(rect: Rect, colour: number | ((x: number, y: number) => number)): void {
    const at = typeof colour === "number" ? () => colour : colour;
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        this.screen.pixels[y * this.screen.stride + x] = at(x, y);
      }
    }
    this.#damage(rect);
  }

  /** Moves pixels, as a scrolled window does, and reports it. */
  move(move: Move): void {
    const before = this.screen.pixels.slice();
    const { stride } = this.screen;
    this.#moves.push(move);
    this.paint(move.to, (x, y) => before[(y - move.dy) * stride + x - move.dx]!);
  }

  power(action: PowerAction): boolean {
    this.input.push(`power ${action}`);
    return action === "reset";
  }

  /** Puts the pointer elsewhere, as somebody at the desktop does. */
  movePointerTo(position: Position): void {
    this.pointerPosition = position;
    this.#events?.pointerMoved();
  }

  /** Switches locks of the keyboard. */
  setLeds(leds: Leds): void {
    this.leds = leds;
    this.#events?.ledsChanged();
  }

  resize(width: number, height: number): boolean {
    if (this.refusesSizes) return false;
    this.screen = new Framebuffer(width, height);
    this.#region = Region.of(this.screen.bounds);
    this.#moves = [];
    this.#events?.resized();
    return true;
  }

  #damage(rect: Rect): void {
    this.#region = this.#region.union(Region.of(rect));
    this.#events?.damaged();
  }
}
