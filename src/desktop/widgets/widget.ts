import type { Move } from "../../frame/move.ts";
import type { Painter } from "../../frame/painter.ts";
import type { Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";
import { addDirty } from "./dirty.ts";

/** What the pointer did, in the widget's coordinates. */
export interface PointerInput {
  readonly x: number;
  readonly y: number;
  /** Whether it is on the widget; a widget that was pressed hears of it elsewhere too. */
  readonly inside: boolean;
  /** The RFB button masks: held now, and gone down or up with this event. */
  readonly buttons: number;
  readonly pressed: number;
  readonly released: number;
}

/** What a widget wants drawn anew, in its coordinates, and what of that only moved. */
export interface Changes {
  readonly region: Region;
  readonly moves: readonly Move[];
}

/** RFB button masks. */
export const LEFT = 1;
export const MIDDLE = 2;
export const RIGHT = 4;
export const WHEEL_UP = 8;
export const WHEEL_DOWN = 16;

/**
 * A part of a picture that vncd draws itself: 0, 0 is its top left corner. Drawing depends on its state alone, never
 * on what was drawn before, so any part can be drawn at any time.
 */
export abstract class Widget {
  readonly width: number;
  readonly height: number;
  #dirty = Region.empty;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  get bounds(): Rect {
    return { x: 0, y: 0, width: this.width, height: this.height };
  }

  /** Whether something is to be drawn anew. */
  get isDirty(): boolean {
    return !this.#dirty.isEmpty;
  }

  abstract draw(painter: Painter): void;

  /** The pointer moved, or a button changed, on this widget. */
  pointer(_input: PointerInput): void {}

  /** The pointer went elsewhere. */
  leave(): void {}

  /** Whether the pointer at this place is about to point into text. */
  isText(_x: number, _y: number): boolean {
    return false;
  }

  /** Returns what is to be drawn anew, and takes it as drawn. */
  takeChanges(): Changes {
    const region = this.#dirty;
    this.#dirty = Region.empty;
    return { region, moves: [] };
  }

  /** Wants a part of it drawn anew, or all of it. */
  protected invalidate(rect: Rect = this.bounds): void {
    this.#dirty = addDirty(this.#dirty, rect);
  }
}
