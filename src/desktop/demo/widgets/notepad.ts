import type { Move } from "../../../frame/move.ts";
import type { Painter } from "../../../frame/painter.ts";
import { CELL_HEIGHT, CELL_WIDTH } from "../../text/font.ts";
import { drawText, textWidth } from "../../text/text.ts";
import { Note } from "../note.ts";
import { THEME } from "../../widgets/theme.ts";
import {
  type Changes,
  type PointerInput,
  WHEEL_DOWN,
  WHEEL_UP,
  Widget,
} from "../../widgets/widget.ts";

const MARGIN = 12;
const WHEEL_ROWS = 3;

/** Where typed text appears. It scrolls when it is full, and by the wheel. */
export class Notepad extends Widget {
  readonly #note: Note;
  readonly #visibleRows: number;
  /** The first visible row, now and when it was last drawn. */
  #top = 0;
  #drawnTop = 0;
  /** Rows before this one are what they were when last drawn; the one with the caret never is. */
  #sameRows = 0;

  constructor(columns: number, rows: number) {
    super(columns * CELL_WIDTH + 2 * MARGIN, rows * CELL_HEIGHT + 2 * MARGIN);
    this.#note = new Note(columns);
    this.#visibleRows = rows;
  }

  get text(): string {
    return this.#note.text;
  }

  write(text: string): void {
    this.#edit(() => {
      const forgotten = this.#note.write(text);
      this.#top -= forgotten;
      this.#drawnTop -= forgotten;
      this.#sameRows -= forgotten;
    });
  }

  erase(): void {
    this.#edit(() => this.#note.erase());
  }

  override pointer({ pressed }: PointerInput): void {
    if (pressed & WHEEL_UP) this.#scroll(this.#top - WHEEL_ROWS);
    if (pressed & WHEEL_DOWN) this.#scroll(this.#top + WHEEL_ROWS);
  }

  override isText(x: number, y: number): boolean {
    return x >= 0 && y >= 0 && x < this.width && y < this.height;
  }

  draw(painter: Painter): void {
    painter.fill(this.bounds, THEME.paper);
    if (this.#note.isEmpty) {
      drawText(painter, MARGIN + CELL_WIDTH, MARGIN, "Type here.", { colour: THEME.faint });
    }
    for (let i = 0; i < this.#visibleRows; i++) {
      const row = this.#top + i;
      const rect = this.#rowsRect(row, row + 1);
      if (row >= this.#note.rowCount || !painter.shows(rect)) continue;
      const text = this.#note.row(row);
      drawText(painter, MARGIN, rect.y, text, { colour: THEME.text });
      if (row === this.#note.rowCount - 1) {
        const caret = { x: MARGIN + textWidth(text), y: rect.y, width: 2, height: CELL_HEIGHT };
        painter.fill(caret, THEME.accent);
      }
    }
  }

  override takeChanges(): Changes {
    const { region } = super.takeChanges();
    const moved = this.#drawnTop - this.#top;
    const first = Math.max(this.#top, this.#drawnTop);
    const end = Math.min(
      this.#top + this.#visibleRows,
      this.#drawnTop + this.#visibleRows,
      this.#sameRows,
    );
    const moves: Move[] = moved !== 0 && end > first
      ? [{ to: this.#rowsRect(first, end), dx: 0, dy: moved * CELL_HEIGHT }]
      : [];
    this.#drawnTop = this.#top;
    this.#sameRows = this.#note.rowCount - 1;
    return { region, moves };
  }

  /** Changes the note at its end, and shows that. */
  #edit(change: () => void): void {
    const lastBefore = this.#note.rowCount - 1;
    change();
    const last = this.#note.rowCount - 1;
    this.#sameRows = Math.min(this.#sameRows, lastBefore, last);
    this.#scroll(Infinity);
    this.invalidate(this.#rowsRect(Math.min(lastBefore, last), Math.max(lastBefore, last) + 1));
  }

  #scroll(top: number): void {
    const end = Math.max(0, this.#note.rowCount - this.#visibleRows);
    const next = Math.min(end, Math.max(0, top));
    if (next === this.#top) return;
    this.#top = next;
    this.invalidate();
  }

  /** Where rows are shown, from `first` up to `end`, in its full width. */
  #rowsRect(first: number, end: number) {
    const y = MARGIN + (first - this.#top) * CELL_HEIGHT;
    return { x: 0, y, width: this.width, height: (end - first) * CELL_HEIGHT };
  }
}
