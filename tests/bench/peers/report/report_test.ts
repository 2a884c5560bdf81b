import { assertEquals, assertStringIncludes } from "@std/assert";
import { EXAMPLE } from "./example.ts";
import { markdownTable, wrapped } from "./markdown.ts";
import { report } from "./report.ts";

Deno.test("columns of a table line up, numbers to the right", () => {
  assertEquals(
    markdownTable(["", "CPU ms"], [["vncd", "1.5"], ["x11vnc", "10.25"]]),
    `
|        | CPU ms |
| ------ | -----: |
| vncd   |    1.5 |
| x11vnc |  10.25 |`.trim(),
  );
});

Deno.test("a paragraph is wrapped at words", () => {
  assertEquals(wrapped("a\n  b"), "a b");
  const [first, second] = wrapped("word ".repeat(21).trim()).split("\n");
  assertEquals([first!.length, second], [99, "word"]);
});

/** The cells of the row that begins so. */
function row(...start: string[]): string[] {
  const rows = report(EXAMPLE).split("\n").map((line) =>
    line.split("|").map((cell) => cell.trim())
  );
  return rows.find((cells) => start.every((text, i) => cells[i + 1] === text))!.slice(1, -1);
}

Deno.test("a workload's table has a row for each server, and what the peer does better in bold", () => {
  assertEquals(row("Tight JPEG", "vncd"), ["Tight JPEG", "vncd", "30.0", "5.0", "8.00"]);
  assertEquals(row("", "x11vnc"), ["", "x11vnc", "15.0", "20.0", "4.00"]);
  assertEquals(row("", "vncd : best"), ["", "vncd : best", "0.50", "0.25", "**2.00**"]);
});

Deno.test("with more viewers, the server's own work is told in times of one viewer's", () => {
  assertEquals(row("Tight JPEG, 1 viewer", "vncd").at(-1), "1.00");
  assertEquals(row("Tight JPEG, 16 viewers", "vncd").at(-1), "1.50");
});

Deno.test("what was measured besides has its tables", () => {
  assertEquals(row("vncd", "0.0 + 0.0"), ["vncd", "0.0 + 0.0", "0.3 + 0.0", "3.0 + 1.0"]);
  assertEquals(row("film, libjpeg-turbo 4:4:4"), ["film, libjpeg-turbo 4:4:4", "2.00"]);
});

Deno.test("it tells where a peer is better, and what failed", () => {
  const text = report(EXAMPLE);
  assertStringIncludes(text, "In 1 of 3 figures");
  assertStringIncludes(text, "- video 30, Tight JPEG: CPU ms/frame 8.00 for 4.00, 2.00 times");
  assertEquals(
    text.split("\n").at(-1),
    "- video 30, Tight JPEG, 16 viewers, x11vnc: a connection broke",
  );
});

Deno.test("one server alone is compared with nobody", () => {
  const cells = EXAMPLE.cells.filter(({ server }) => server === "vncd");
  const text = report({ ...EXAMPLE, servers: EXAMPLE.servers.slice(0, 1), cells });
  assertEquals(text.includes(": best |") || text.includes("a peer is better\n"), false);
});
