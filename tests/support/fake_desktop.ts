import type { DamageHint } from "../../src/frame/damage.ts";
import type { Cursor, Desktop, DesktopEvents } from "../../src/desktop/desktop.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import type { Move } from "../../src/frame/move.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";

/** A desktop that a test draws on, and that writes down what viewers do. */
export class FakeDesktop implements Desktop {
  readonly title = "fake desktop";
  screen: Framebuffer;
  cursor: Cursor | undefined;
  /** What was typed, clicked and copied: `key 61 down`, `pointer 1 2 0`, `clipboard text`. */
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

  key(keysym: number, down: boolean): void {
    this.input.push(`key ${keysym.toString(16)} ${down ? "down" : "up"}`);
  }

  pointer(x: number, y: number, buttons: number): void {
    this.input.push(`pointer ${x} ${y} ${buttons}`);
  }

  setClipboard(text: string): void {
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

  resize(width: number, height: number): void {
    this.screen = new Framebuffer(width, height);
    this.#region = Region.of(this.screen.bounds);
    this.#moves = [];
    this.#events?.resized();
  }

  #damage(rect: Rect): void {
    this.#region = this.#region.union(Region.of(rect));
    this.#events?.damaged();
  }
}
