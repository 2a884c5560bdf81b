import { assertEquals } from "@std/assert";
import { bestRect } from "../../src/frame/best_rect.ts";
import { Random } from "../support/random.ts";

/** A picture of cells: `#` open and of value, `+` only open, `v` only of value. */
function best(...rows: string[]) {
  const cells = [...rows.join("")];
  return bestRect(
    rows[0]!.length,
    Uint8Array.from(cells, (cell) => cell === "#" || cell === "+" ? 1 : 0),
    Uint8Array.from(cells, (cell) => cell === "#" || cell === "v" ? 1 : 0),
  );
}

Deno.test("the best rectangle holds the most cells of value, not the most cells", () => {
  assertEquals(
    best(
      "+++++..",
      "+++++##",
      "+++++##",
      "......#",
    ),
    { rect: { left: 5, top: 1, right: 7, bottom: 3 }, value: 4 },
  );
});

Deno.test("the best rectangle goes over open cells, and ends at cells of value", () => {
  assertEquals(
    best(
      "++++++",
      "+#++#+",
      "++++++",
      "+#+++.",
    ),
    { rect: { left: 1, top: 1, right: 5, bottom: 4 }, value: 3 },
  );
});

Deno.test("where no open cell is of value there is no rectangle", () => {
  assertEquals(best("+++", "..v"), undefined);
});

Deno.test("no other rectangle is better", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = new Random(seed);
    const [columns, rows] = [1 + random.below(7), 1 + random.below(7)];
    const open = Uint8Array.from({ length: columns * rows }, () => Number(random.below(4) > 0));
    const value = open.map((cell) => cell & random.below(2));
    let most = 0;
    for (let top = 0; top < rows; top++) {
      for (let bottom = top + 1; bottom <= rows; bottom++) {
        for (let left = 0; left < columns; left++) {
          for (let right = left + 1; right <= columns; right++) {
            const cells = Array.from({ length: (bottom - top) * (right - left) }, (_, i) => {
              const row = top + Math.floor(i / (right - left));
              return row * columns + left + i % (right - left);
            });
            if (cells.some((cell) => open[cell] === 0)) continue;
            most = Math.max(most, cells.filter((cell) => value[cell] === 1).length);
          }
        }
      }
    }
    assertEquals(bestRect(columns, open, value)?.value ?? 0, most, `seed ${seed}`);
  }
});
