import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { EXAMPLE } from "./example.ts";
import { picture } from "./picture.ts";

const svg = picture(EXAMPLE);

/** The widths of a server's bars. */
const widths = (server: number): number[] =>
  [...svg.matchAll(new RegExp(`width="([\\d.]+)" height="11" rx="2" class="s${server}"`, "g"))]
    .map(([, width]) => Number(width));

Deno.test("bars are as long as their figures, in each panel for itself", () => {
  const [legend, rate, latency, cpu] = widths(0);
  const [, otherRate, otherLatency, otherCpu] = widths(1);
  assertEquals(legend, 11);
  assertEquals([rate! / otherRate!, latency! / otherLatency!, cpu! / otherCpu!], [2, 0.25, 2]);
});

Deno.test("it is XML that names servers and figures", () => {
  assertStringIncludes(svg, ">x11vnc 0.9.16</text>");
  assertStringIncludes(svg, ">20.0</text>");
  assertStringIncludes(svg, "Processor &lt;1&gt;");
  const opened = svg.match(/<[a-z]/g)!.length;
  const closed = svg.match(/<\/|\/>/g)!.length;
  assertEquals(opened, closed);
});

Deno.test("it shows cells with one viewer only, and needs some", () => {
  assertThrows(() => picture({ ...EXAMPLE, cells: EXAMPLE.cells.slice(2) }), Error, "nothing");
});
