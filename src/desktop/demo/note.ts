import { CELL_WIDTH, glyphOf } from "../text/font.ts";

/** Tabs go to the next multiple of this many columns. */
const TAB_COLUMNS = 8;

/** More rows are forgotten from the top. */
const MAX_ROWS = 1000;

/** One row as it is shown. */
interface NoteRow {
  text: string;
  /** How many columns the text takes. */
  columns: number;
  /** Whether Return ended it; otherwise the next row goes on with the same line. */
  ended: boolean;
}

/** A text that is written at its end, wrapped to a number of columns. */
export class Note {
  readonly #columns: number;
  readonly #rows: NoteRow[] = [{ text: "", columns: 0, ended: false }];

  constructor(columns: number) {
    this.#columns = columns;
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 1 && this.#rows[0]!.text === "";
  }

  /** The whole text, its lines as they were written. */
  get text(): string {
    return this.#rows.map(({ text, ended }) => ended ? `${text}\n` : text).join("");
  }

  /** One row as it is shown, tabs as spaces. */
  row(index: number): string {
    let shown = "";
    let columns = 0;
    for (const character of this.#rows[index]?.text ?? "") {
      const width = columnsOf(character, columns);
      shown += character === "\t" ? " ".repeat(width) : character;
      columns += width;
    }
    return shown;
  }

  /**
   * Writes characters at the end; `\n` and `\t` mean what they say.
   * @returns How many rows were forgotten at the top.
   */
  write(text: string): number {
    for (const character of text) {
      const row = this.#rows.at(-1)!;
      if (character === "\n") {
        row.ended = true;
        this.#rows.push({ text: "", columns: 0, ended: false });
        continue;
      }
      const width = columnsOf(character, row.columns);
      if (row.columns + width <= this.#columns) {
        row.text += character;
        row.columns += width;
      } else {
        const columns = columnsOf(character, 0);
        this.#rows.push({ text: character, columns, ended: false });
      }
    }
    const forgotten = Math.max(0, this.#rows.length - MAX_ROWS);
    this.#rows.splice(0, forgotten);
    return forgotten;
  }

  /** Takes the last character away, a line's end too. */
  erase(): void {
    const row = this.#rows.at(-1)!;
    const previous = this.#rows.at(-2);
    if (row.text === "" && previous !== undefined) {
      this.#rows.pop();
      previous.ended = false;
      return;
    }
    const characters = [...row.text].slice(0, -1);
    row.text = characters.join("");
    row.columns = characters.reduce((columns, each) => columns + columnsOf(each, columns), 0);
    // A row that only wrapping made is gone with its last character.
    if (row.text === "" && previous !== undefined && !previous.ended) this.#rows.pop();
  }
}

/** How many columns a character takes after so many others. */
function columnsOf(character: string, columns: number): number {
  if (character === "\t") return TAB_COLUMNS - columns % TAB_COLUMNS;
  return glyphOf(character.codePointAt(0)!).width / CELL_WIDTH;
}
