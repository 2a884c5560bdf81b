import { CELL_WIDTH, glyphOf } from "../text/font.ts";

/** Tabs go to the next multiple of this many columns. */
const TAB_COLUMNS = 8;

/** More rows are forgotten from the top. */
const MAX_ROWS = 1000;

/** One row as it is shown. */
interface NoteRow {
  text: string;
  /** Whether Return ended it; otherwise the next row goes on with the same line. */
  ended: boolean;
}

/** A text that is written at its end, wrapped to a number of columns. */
export class Note {
  readonly #columns: number;
  readonly #rows: NoteRow[] = [{ text: "", ended: false }];

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
        this.#rows.push({ text: "", ended: false });
      } else if (this.#fits(row.text, character)) {
        row.text += character;
      } else {
        this.#rows.push({ text: character, ended: false });
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
    row.text = [...row.text].slice(0, -1).join("");
    // A row that only wrapping made is gone with its last character.
    if (row.text === "" && previous !== undefined && !previous.ended) this.#rows.pop();
  }

  #fits(text: string, character: string): boolean {
    let columns = 0;
    for (const each of text) columns += columnsOf(each, columns);
    return columns + columnsOf(character, columns) <= this.#columns;
  }
}

/** How many columns a character takes after so many others. */
function columnsOf(character: string, columns: number): number {
  if (character === "\t") return TAB_COLUMNS - columns % TAB_COLUMNS;
  return glyphOf(character.codePointAt(0)!).width / CELL_WIDTH;
}
