import type { Painter } from "../../../frame/painter.ts";
import { keysymName, keysymToText } from "../../keysym.ts";
import { drawText, fitText } from "../../text/text.ts";
import { THEME } from "../../widgets/theme.ts";
import { Widget } from "../../widgets/widget.ts";

const LEFT_MARGIN = 14;
const VALUE_X = 112;
const TOP_MARGIN = 8;
const ROW_HEIGHT = 25;

const ROWS = ["Key", "Pointer", "Buttons", "Wheel", "Clipboard"] as const;
type Row = typeof ROWS[number];

const BUTTONS = ["left", "middle", "right"];
/** With the wheel's four, back and forward. */
const BUTTON_COUNT = 9;
const WHEEL = ["up", "down", "left", "right"];
/** The wheel's first direction is bit 3 of a button mask. */
const WHEEL_BIT = 3;

/** Shows the input that arrives, the last of each kind. */
export class Inspector extends Widget {
  readonly #values: Record<Row, string> = {
    Key: "none yet",
    Pointer: "none yet",
    Buttons: "",
    Wheel: wheelText([0, 0, 0, 0]),
    Clipboard: "empty",
  };
  readonly #wheel = [0, 0, 0, 0];
  #buttons = 0;

  constructor(width: number) {
    super(width, ROWS.length * ROW_HEIGHT + 2 * TOP_MARGIN);
  }

  showKey(keysym: number, down: boolean, scancode?: number): void {
    const number = hex(keysym, 4);
    const name = keysymName(keysym);
    const words = [name, ...name === number ? [] : [number], down ? "down" : "up"];
    const text = keysymToText(keysym);
    if (text !== undefined && text > "~") {
      words.push(`U+${text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`);
    }
    if (scancode !== undefined) words.push(`key ${hex(scancode, 2)}`);
    this.#set("Key", words.join("  "));
  }

  showPointer(x: number, y: number, buttons: number, pressed: number): void {
    this.#set("Pointer", `${x}, ${y}`);
    for (const i of WHEEL.keys()) {
      if ((pressed >> (WHEEL_BIT + i)) & 1) this.#wheel[i]!++;
    }
    this.#set("Wheel", wheelText(this.#wheel));
    if (buttons !== this.#buttons) this.invalidate(this.#rowRect("Buttons"));
    this.#buttons = buttons;
  }

  showClipboard(text: string): void {
    this.#set("Clipboard", text === "" ? "empty" : `"${fitText(text, this.width - VALUE_X - 32)}"`);
  }

  draw(painter: Painter): void {
    painter.fill(this.bounds, THEME.panel);
    for (const row of ROWS) {
      const rect = this.#rowRect(row);
      if (!painter.shows(rect)) continue;
      drawText(painter, LEFT_MARGIN, rect.y + 4, row, { colour: THEME.muted });
      drawText(painter, VALUE_X, rect.y + 4, this.#values[row], { colour: THEME.text });
      if (row === "Buttons") this.#drawButtons(painter, rect.y);
    }
  }

  #drawButtons(painter: Painter, y: number): void {
    let x = VALUE_X;
    for (let bit = 0; bit < BUTTON_COUNT; bit++) {
      const label = BUTTONS[bit] ?? `${bit + 1}`;
      const held = ((this.#buttons >> bit) & 1) !== 0;
      const rect = { x, y: y + 2, width: label.length * 8 + 12, height: 20 };
      painter.fill(rect, held ? THEME.accent : THEME.line);
      const colour = held ? THEME.border : THEME.muted;
      drawText(painter, x + 6, y + 4, label, { colour });
      x += rect.width + 4;
    }
  }

  #set(row: Row, value: string): void {
    if (this.#values[row] === value) return;
    this.#values[row] = value;
    this.invalidate(this.#rowRect(row));
  }

  #rowRect(row: Row) {
    const y = TOP_MARGIN + ROWS.indexOf(row) * ROW_HEIGHT;
    return { x: 0, y, width: this.width, height: ROW_HEIGHT };
  }
}

function hex(number: number, digits: number): string {
  return `0x${(number >>> 0).toString(16).padStart(digits, "0")}`;
}

function wheelText(counts: readonly number[]): string {
  return WHEEL.map((direction, i) => `${direction} ${counts[i]!}`).join("   ");
}
