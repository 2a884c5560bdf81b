import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Move } from "../../frame/move.ts";
import { Painter } from "../../frame/painter.ts";
import { contains, type Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";
import { addDirty } from "../widgets/dirty.ts";
import { type Changes, LEFT, type PointerInput, type Widget } from "../widgets/widget.ts";
import { Window } from "./widgets/window.ts";

/** A widget and where it is on the screen. */
interface Layer {
  readonly widget: Widget;
  x: number;
  y: number;
}

/** The buttons that hold on to what they were pressed on; the others are the wheel's. */
const HOLDING = 7;

/** A window is kept this far on the screen when that shrinks. */
const REACHABLE = 48;

/** Widgets in layers on one screen: who gets the pointer, windows that are dragged, what is drawn. */
export class Stack {
  /** From the bottom to the top. */
  #layers: Layer[] = [];
  /** As when the changes were last taken. */
  #drawn: { layer: Layer; rect: Rect }[] = [];
  /** What must be drawn anew because layers came, moved or went. */
  #exposed = Region.empty;
  #buttons = 0;
  /** Where the pointer was last, or what it holds on to. */
  #target: Layer | undefined;
  #isHeld = false;
  /** Where a window that is dragged was taken hold of. */
  #drag: { x: number; y: number } | undefined;

  /** Whether something is to be drawn anew. */
  get isDirty(): boolean {
    return !this.#exposed.isEmpty || this.#layers.some(({ widget }) => widget.isDirty);
  }

  /** Adds a widget on top. */
  add(widget: Widget, x: number, y: number): void {
    const layer = { widget, x, y };
    this.#layers.push(layer);
    this.#expose(layer);
  }

  /** Replaces the lowest layer, which fills the screen, and brings windows back into it. */
  resize(backdrop: Widget): void {
    this.#layers.splice(0, 1, { widget: backdrop, x: 0, y: 0 });
    for (const layer of this.#layers) {
      if (!(layer.widget instanceof Window)) continue;
      layer.x = Math.max(0, Math.min(layer.x, backdrop.width - REACHABLE));
      layer.y = Math.max(0, Math.min(layer.y, backdrop.height - REACHABLE));
    }
    this.exposeAll();
  }

  /** Moves a widget to another place. */
  place(widget: Widget, x: number, y: number): void {
    const layer = this.#layers.find((layer) => layer.widget === widget);
    if (layer !== undefined) this.#move(layer, x, y);
  }

  /** Wants everything drawn anew. */
  exposeAll(): void {
    for (const layer of this.#layers) this.#expose(layer);
    this.#drawn = [];
  }

  /** Whether the pointer at this place is about to point into text. */
  isText(x: number, y: number): boolean {
    const layer = this.#at(x, y);
    return layer !== undefined && layer.widget.isText(x - layer.x, y - layer.y);
  }

  /** Takes the pointer to a place, with these buttons held. */
  pointer(x: number, y: number, buttons: number): void {
    const pressed = buttons & ~this.#buttons;
    const released = this.#buttons & ~buttons;
    this.#buttons = buttons;
    if (!this.#isHeld) this.#pointAt(this.#at(x, y));
    const target = this.#target;
    if (target !== undefined) {
      if (pressed & HOLDING && !this.#isHeld) this.#press(target, x, y, pressed);
      if (this.#drag !== undefined) this.#move(target, x - this.#drag.x, y - this.#drag.y);
      const inside = this.#at(x, y) === target;
      const at = { x: x - target.x, y: y - target.y };
      const input: PointerInput = { ...at, inside, buttons, pressed, released };
      target.widget.pointer(input);
    }
    if ((buttons & HOLDING) === 0 && this.#isHeld) {
      this.#isHeld = false;
      this.#drag = undefined;
      this.#pointAt(this.#at(x, y));
    }
  }

  /** Returns what is to be drawn anew on the screen, and what of that only moved. */
  takeChanges(screen: Rect): Changes {
    let region = this.#exposed;
    const moves: Move[] = [];
    for (const [i, layer] of this.#layers.entries()) {
      const changes = layer.widget.takeChanges();
      const dirty = changes.region.translate(layer.x, layer.y);
      region = region.union(dirty);
      moves.push(...this.#movesOf(layer, i, changes.moves, dirty, screen));
    }
    this.#exposed = Region.empty;
    this.#drawn = this.#layers.map((layer) => ({ layer, rect: rectOf(layer) }));
    return { region: region.intersect(Region.of(screen)), moves };
  }

  /** Draws a part of the screen. */
  draw(screen: Framebuffer, region: Region): void {
    for (const rect of region.rects) {
      const painter = new Painter(screen, rect);
      const first = this.#layers.findLastIndex((layer) => contains(rectOf(layer), rect));
      for (const layer of this.#layers.slice(Math.max(0, first))) {
        const place = rectOf(layer);
        if (painter.shows(place)) layer.widget.draw(painter.within(place));
      }
    }
  }

  /** What of a layer moved, itself or within it, since it was drawn, as far as it can be seen. */
  #movesOf(
    layer: Layer,
    index: number,
    inner: readonly Move[],
    dirty: Region,
    screen: Rect,
  ): Move[] {
    const old = this.#drawn.findIndex((drawn) => drawn.layer === layer);
    if (old < 0) return [];
    const was = this.#drawn[old]!.rect;
    const to = rectOf(layer);
    const hasMoved = was.x !== to.x || was.y !== to.y;
    const hidden = this.#layers.slice(index + 1).map(rectOf);
    const wasHidden = this.#drawn.slice(old + 1).map(({ rect }) => rect);
    // What is new inside a window that moved did not just move.
    if (hasMoved) hidden.push(...dirty.rects);
    const hints = hasMoved
      ? [{ to, dx: to.x - was.x, dy: to.y - was.y }]
      : inner.map((move) => movedTo(move, move.to.x + layer.x, move.to.y + layer.y));
    return hints.flatMap((hint) => visibleParts(hint, screen, hidden, wasHidden));
  }

  #press(layer: Layer, x: number, y: number, pressed: number): void {
    this.#isHeld = true;
    if (!(layer.widget instanceof Window)) return;
    if (this.#layers.at(-1) !== layer) {
      this.#layers = [...this.#layers.filter((other) => other !== layer), layer];
      this.#expose(layer);
    }
    if (pressed & LEFT && layer.widget.isTitle(y - layer.y)) {
      this.#drag = { x: x - layer.x, y: y - layer.y };
    }
  }

  #pointAt(layer: Layer | undefined): void {
    if (layer !== this.#target) this.#target?.widget.leave();
    this.#target = layer;
  }

  #at(x: number, y: number): Layer | undefined {
    const pixel = { x, y, width: 1, height: 1 };
    return this.#layers.findLast((layer) => contains(rectOf(layer), pixel));
  }

  #move(layer: Layer, x: number, y: number): void {
    if (layer.x === x && layer.y === y) return;
    this.#expose(layer);
    layer.x = x;
    layer.y = y;
    this.#expose(layer);
  }

  #expose(layer: Layer): void {
    this.#exposed = addDirty(this.#exposed, rectOf(layer));
  }
}

function rectOf({ widget, x, y }: Layer): Rect {
  return { x, y, width: widget.width, height: widget.height };
}

function movedTo({ to, dx, dy }: Move, x: number, y: number): Move {
  return { to: { ...to, x, y }, dx, dy };
}

/**
 * The parts of a move whose pixels are on the screen and not hidden, before and after it, in an order
 * in which none overwrites what a later one needs.
 */
function visibleParts(
  { to, dx, dy }: Move,
  screen: Rect,
  hidden: readonly Rect[],
  wasHidden: readonly Rect[],
): Move[] {
  const onScreen = Region.of(screen);
  const parts = Region.of(to).intersect(onScreen).intersect(onScreen.translate(dx, dy))
    .subtract(Region.of(...hidden)).subtract(Region.of(...wasHidden).translate(dx, dy));
  return [...parts.rects]
    .sort((a, b) => (dy > 0 ? b.y - a.y : a.y - b.y) || (dx > 0 ? b.x - a.x : a.x - b.x))
    .map((part) => ({ to: part, dx, dy }));
}
