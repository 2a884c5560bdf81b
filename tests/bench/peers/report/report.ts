import { cellText, COMPRESSION } from "../cells.ts";
import { compare, type FigureName, FIGURES, figureText, timesText } from "./figures.ts";
import { type Group, groupsOf } from "./groups.ts";
import { idleTable } from "./idle_table.ts";
import { limitsTable } from "./limits_table.ts";
import { wrapped } from "./markdown.ts";
import type { Results } from "./results.ts";
import { workloadTables } from "./tables.ts";

/** Figures in which vncd is to be as good as the best peer. */
const AIMS: readonly FigureName[] = [
  ...["rate", "crowdRate", "latency", "latency95", "key", "echo", "cpu", "bytes"] as const,
];

function whereAndHow({ machine, servers, rounds, seconds }: Results): string[] {
  const { processor, cores, kernel, deno, date } = machine;
  const names = servers.map(({ name, version }) =>
    name.endsWith(version) ? name : `${name} ${version}`
  );
  return [
    `${names.join(", ")}; Deno ${deno}, ${processor}, ${cores} cores, Linux ${kernel}, ${date}.
    Xvfb of 1920x1080, a viewer on libvncclient that asks for compression level ${COMPRESSION} and, for
    JPEG, quality level 8. Turns of ${seconds} s, servers one after the other; medians of rounds: ${rounds}.`,
    `A frame has come when all of it is there; "95 %" of the latencies, from the drawing to the viewer's
    pixels, are below that. X's CPU time is what it needs beyond drawing. The error is by how much a
    frame's colours are wrong, of 255. Torn are updates after which parts of two frames show. ": best"
    is how many times worse than the best peer's the figure is, below 1 where it is better; **bold**
    where the peer is better by more than two runs differ anyway. In JPEG of that level, vncd keeps one
    colour for 4 pixels, x11vnc and TigerVNC one for each.`,
  ].map(wrapped);
}

/** What went wrong, once for each kind. */
function failures({ cells }: Results): string[] {
  const lines = cells.flatMap((cell) =>
    cell.failures.map((reason) => `- ${cellText(cell)}, ${cell.server}: ${reason.split("\n")[0]}`)
  );
  return lines.length === 0 ? [] : ["## What failed", [...new Set(lines)].join("\n")];
}

/** Figures in which a peer is better, the worst first. */
function losses(groups: readonly Group[]): string[] {
  const compared = groups.flatMap((group) => {
    const [own, ...peers] = group.servers.map(({ figures }) => figures);
    return AIMS.flatMap((name) => {
      const comparison = compare(name, own!, peers);
      return comparison === undefined ? [] : [{ group, name, ...comparison }];
    });
  });
  if (compared.length === 0) return [];
  const lost = compared.filter(({ peerWins }) => peerWins).sort((a, b) => b.worse - a.worse);
  const lines = lost.map(({ group, name, own, best, worse }) => {
    const figures = [own, best].map((value) => figureText(name, value)).join(" for ");
    return `- ${cellText(group)}: ${FIGURES[name].title} ${figures}, ${timesText(worse)} times`;
  });
  return [
    "## Where a peer is better",
    `In ${lost.length} of ${compared.length} figures for frames, latency, keys, CPU and bytes.`,
    ...lines.length === 0 ? [] : [lines.join("\n")],
  ];
}

/** All that was measured, as a document in Markdown. */
export function report(results: Results): string {
  const { servers, idle, limits } = results;
  const groups = groupsOf(results);
  const names = servers.map(({ name }) => name);
  return [
    `# ${names[0]}${names.length > 1 ? ` beside ${names.slice(1).join(", ")}` : ""}`,
    ...whereAndHow(results),
    ...[...Map.groupBy(groups, ({ workload }) => workload).values()].flatMap(workloadTables),
    ...idle === undefined ? [] : idleTable(idle),
    ...limits === undefined ? [] : limitsTable(limits, groups),
    ...losses(groups),
    ...failures(results),
  ].join("\n\n");
}
