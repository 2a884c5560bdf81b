import { assert, assertEquals } from "@std/assert";
import { Note } from "../../../src/desktop/demo/note.ts";

function rows(note: Note): string[] {
  return Array.from({ length: note.rowCount }, (_, i) => note.row(i));
}

Deno.test("lines wrap at the columns and end at Return", () => {
  const note = new Note(8);
  note.write("abcdefgh");
  assertEquals(rows(note), ["abcdefgh"]);
  note.write("ijk\nl\n");
  assertEquals(rows(note), ["abcdefgh", "ijk", "l", ""]);
  assertEquals(note.text, "abcdefghijk\nl\n");
});

Deno.test("tabs go to the next multiple of eight", () => {
  const note = new Note(20);
  note.write("\ta\tb\tc");
  assertEquals(rows(note), ["        a       b", "        c"]);
  assertEquals(note.text, "\ta\tb\tc");
});

Deno.test("a character that the font lacks takes two columns", () => {
  const note = new Note(5);
  note.write("漢漢漢");
  assertEquals(rows(note), ["漢漢", "漢"]);
});

Deno.test("erasing undoes writing, character by character", () => {
  const text = "12345678\n\n90\tabc漢漢漢def\n😀";
  const written = new Note(8);
  for (let end = 0; end <= [...text].length; end++) {
    const head = [...text].slice(0, end).join("");
    const erased = new Note(8);
    erased.write(text);
    for (let i = end; i < [...text].length; i++) erased.erase();
    assertEquals(erased.text, head);
    assertEquals(rows(erased), rows(written));
    written.write([...text][end] ?? "");
  }
  const empty = new Note(8);
  empty.erase();
  assert(empty.isEmpty);
});

Deno.test("a long note forgets its first rows and says how many", () => {
  const note = new Note(10);
  let forgotten = 0;
  for (let i = 0; i < 1500; i++) forgotten += note.write(`${i}\n`);
  assertEquals(forgotten + note.rowCount, 1501);
  assertEquals(note.row(note.rowCount - 2), "1499");
  assertEquals(note.row(0), `${forgotten}`);
});
