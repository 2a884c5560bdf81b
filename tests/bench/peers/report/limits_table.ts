import { type Cell, cellText, LIMIT_CELLS, nameOf } from "../cells.ts";
import type { FigureName, Figures } from "./figures.ts";
import type { Group } from "./groups.ts";
import { markdownTable, wrapped } from "./markdown.ts";
import type { Limits } from "./results.ts";

/** What a picture costs at least, and where the servers' cost is found. */
interface Row {
  readonly what: string;
  readonly limit: number;
  readonly cell: keyof typeof LIMIT_CELLS;
  readonly figure: FigureName;
}

function rowsOf({ copy, capture, send, deflate, jpeg444, jpeg420 }: Limits): Row[] {
  return [
    { what: "screen, memory copied", limit: copy, cell: "raw", figure: "cpuX" },
    { what: "screen, XShmGetImage", limit: capture, cell: "raw", figure: "cpuX" },
    { what: "screen, written as Raw", limit: send, cell: "raw", figure: "cpu" },
    { what: "film, deflated", limit: deflate, cell: "lossless", figure: "cpu" },
    { what: "film, libjpeg-turbo 4:4:4", limit: jpeg444, cell: "jpeg", figure: "cpu" },
    { what: "film, libjpeg-turbo 4:2:0", limit: jpeg420, cell: "jpeg", figure: "cpu" },
  ];
}

/** What a server needs, and how much of it the limit is. */
function shareText(limit: number, own: number | undefined): string {
  if (own === undefined) return "–";
  return `${own.toFixed(2)} (${Math.round(100 * limit / own)} %)`;
}

/** How far servers are from what the machine can do. */
export function limitsTable(limits: Limits, groups: readonly Group[]): string[] {
  const text = (cell: Cell) => cellText(nameOf(cell));
  const found = (cell: keyof typeof LIMIT_CELLS) => {
    const { workload, coding, viewers, line } = LIMIT_CELLS[cell];
    return groups.find((group) =>
      group.workload === workload.name && group.coding === coding.name &&
      group.viewers === viewers && group.line === line.name
    )?.servers ?? [];
  };
  const names = found("raw").map(({ name }) => name);
  const figuresOf = (cell: keyof typeof LIMIT_CELLS, server: string): Figures =>
    found(cell).find(({ name }) => name === server)?.figures ?? {};
  const rows = rowsOf(limits).map(({ what, limit, cell, figure }) => [
    what,
    limit.toFixed(2),
    ...names.map((server) => shareText(limit, figuresOf(cell, server)[figure])),
  ]);
  return [
    "## How far from the limit",
    wrapped(
      `Milliseconds of CPU time for a picture, at least and in fact: X's for getting the screen, the
      server's for all that it does; ${
        Object.values(LIMIT_CELLS).map(text).join("; ")
      }. Deflated is by
      Huffman codes alone, in Deno's zlib.`,
    ),
    markdownTable(["", "limit", ...names], rows),
    wrapped(
      `A connection of this machine carries ${limits.bandwidth.toFixed(0)} MB/s${
        throughputs(found("raw"))
      }.`,
    ),
  ];
}

/** What Raw takes of the bandwidth: ", of which Raw takes 480 (vncd)"; nothing if it wasn't measured. */
function throughputs(servers: Group["servers"]): string {
  const each = servers.map(({ name, figures: { rate = 0, bytes = 0 } }) =>
    `${(rate * bytes / 1000).toFixed(0)} (${name})`
  );
  return each.length === 0 ? "" : `, of which Raw takes ${each.join(", ")}`;
}
