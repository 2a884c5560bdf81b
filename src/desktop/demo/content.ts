import { Stack } from "./stack.ts";
import { Backdrop } from "./widgets/backdrop.ts";
import { Button } from "../widgets/button.ts";
import { Colours } from "./widgets/colours.ts";
import { Inspector } from "./widgets/inspector.ts";
import { Notepad } from "./widgets/notepad.ts";
import { Paint } from "./widgets/paint.ts";
import { Welcome } from "./widgets/welcome.ts";
import { Window } from "./widgets/window.ts";

/** What the buttons in the bar do. */
export interface Actions {
  resize(width: number, height: number): void;
  ringBell(): void;
  copyNote(): void;
}

/** The sizes between which the button "Resize" changes. */
export const SMALL = { width: 1024, height: 768 };
const LARGE = { width: 1280, height: 800 };

const LEFT_COLUMN = 24;
const RIGHT_COLUMN = 522;
const LEFT_WIDTH = 472;
const RIGHT_WIDTH = 476;
const NOTE_COLUMNS = 56;
const NOTE_ROWS = 25;

/** What is on the demo desktop: a bar with buttons, and windows. */
export class Content {
  readonly stack = new Stack();
  readonly notepad = new Notepad(NOTE_COLUMNS, NOTE_ROWS);
  readonly inspector = new Inspector(RIGHT_WIDTH);
  /** In the bar, from the right. */
  readonly #buttons: readonly Button[];
  readonly #resizeButton: Button;
  /** The size that the button "Resize" gives. */
  #otherSize = LARGE;

  constructor(width: number, height: number, actions: Actions) {
    this.#resizeButton = new Button(136, "", () => {
      actions.resize(this.#otherSize.width, this.#otherSize.height);
    });
    this.#buttons = [
      this.#resizeButton,
      new Button(88, "Ring bell", () => actions.ringBell()),
      new Button(88, "Copy note", () => actions.copyNote()),
    ];
    this.stack.add(new Backdrop(width, height), 0, 0);
    for (const button of this.#buttons) this.stack.add(button, 0, 0);
    const left = (title: string, y: number, content: Welcome | Notepad) =>
      this.stack.add(new Window(title, content), LEFT_COLUMN, y);
    const right = (title: string, y: number, content: Paint | Inspector | Colours) =>
      this.stack.add(new Window(title, content), RIGHT_COLUMN, y);
    left("Welcome", 56, new Welcome(LEFT_WIDTH, 194));
    left("Note pad", 295, this.notepad);
    right("Paint", 56, new Paint(RIGHT_WIDTH));
    right("Input", 389, this.inspector);
    right("Colours", 575, new Colours(RIGHT_WIDTH));
    this.#layOutBar(width);
  }

  /** Fits it to another size of the screen; the windows stay where they are, if they can. */
  resize(width: number, height: number): void {
    this.stack.resize(new Backdrop(width, height));
    this.#layOutBar(width);
  }

  #layOutBar(width: number): void {
    let x = width - LEFT_COLUMN;
    for (const button of this.#buttons) {
      x -= button.width;
      this.stack.place(button, x, 4);
      x -= 8;
    }
    this.#otherSize = width === LARGE.width ? SMALL : LARGE;
    this.#resizeButton.label = `Resize ${this.#otherSize.width}x${this.#otherSize.height}`;
  }
}
