import { assertEquals, assertThrows } from "@std/assert";
import { ALL_CELLS, cellText, LIMIT_CELLS, nameOf, QUICK_CELLS } from "./cells.ts";
import { parseOptions } from "./options.ts";

const cellsOf = (...args: string[]): string[] =>
  parseOptions(args).plan.cells.map((cell) => cellText(nameOf(cell)));

Deno.test("without options everything is measured, in three rounds", () => {
  const { plan, servers } = parseOptions([]);
  assertEquals(plan, { cells: [...ALL_CELLS], rounds: 3, seconds: 3, idle: true, limits: true });
  assertEquals(servers, undefined);
});

Deno.test("all that is said to be measured is", () => {
  const cells = cellsOf();
  assertEquals(new Set(cells).size, cells.length);
  for (const viewers of [4, 16, 64]) {
    assertEquals(cells.some((cell) => cell.includes(`, ${viewers} viewers`)), true);
  }
  for (const cell of [...QUICK_CELLS, ...Object.values(LIMIT_CELLS)]) {
    assertEquals(cells.includes(cellText(nameOf(cell))), true, cellText(nameOf(cell)));
  }
});

Deno.test("--quick is a few cells once", () => {
  const { plan } = parseOptions(["--quick"]);
  assertEquals(plan, {
    cells: [...QUICK_CELLS],
    rounds: 1,
    seconds: 2,
    idle: false,
    limits: false,
  });
});

Deno.test("cells are chosen by what they are made of", () => {
  assertEquals(cellsOf("--workloads", "typing, video 60", "--codings", "Raw", "--viewers", "1,4"), [
    "typing, Raw",
    "typing, Raw, 4 viewers",
    "video 60, Raw",
    "video 60, Raw, 4 viewers",
  ]);
  assertEquals(cellsOf("--line", "--workloads", "drag 60", "--codings", "Tight"), [
    "drag 60, Tight, 20 Mbit/s, 50 ms",
  ]);
});

Deno.test("--limits measures what it is compared with, once", () => {
  const limits = Object.values(LIMIT_CELLS).map((cell) => cellText(nameOf(cell)));
  assertEquals(cellsOf("--limits"), limits);
  assertEquals(cellsOf("--limits", "--workloads", "screen 60", "--codings", "Raw"), limits);
  assertEquals(parseOptions(["--limits"]).plan.idle, false);
});

Deno.test("--idle alone has no cells", () => {
  const { plan } = parseOptions(["--idle", "--peers", "vncd,x11vnc"]);
  assertEquals({ cells: plan.cells, idle: plan.idle }, { cells: [], idle: true });
});

Deno.test("what isn't understood is named", () => {
  const complaint = (...args: string[]) => assertThrows(() => parseOptions(args), Error).message;
  assertEquals(complaint("--codings", "JPG").startsWith('"JPG" is none of Raw, '), true);
  assertEquals(complaint("--rounds", "x"), '--rounds takes a positive number, not "x"');
  assertEquals(complaint("--nonsense").includes("--nonsense"), true);
});
