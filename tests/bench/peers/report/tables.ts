import { DIRECT, WORKLOADS } from "../cells.ts";
import {
  compare,
  type FigureName,
  FIGURES,
  type Figures,
  figureText,
  timesText,
} from "./figures.ts";
import type { Group, ServerFigures } from "./groups.ts";
import { markdownTable } from "./markdown.ts";

/** What a table of one viewer shows, where it was measured. */
const COLUMNS: readonly FigureName[] = [
  ...["rate", "latency", "latency95", "key", "echo"] as const,
  ...["cpu", "cpuX", "cores", "bytes", "error", "torn", "memory", "peak"] as const,
];

const COLUMNS_OF_MANY: readonly FigureName[] = [
  ...["rate", "crowdRate", "latency", "latency95"] as const,
  ...["cpu", "cpuAll", "userAll", "cores", "memory", "peak"] as const,
];

/** A column that is no figure by itself. */
interface Derived {
  readonly title: string;
  text(group: Group, server: ServerFigures): string;
}

function comparisonText(name: FigureName, own: Figures, peers: readonly Figures[]): string {
  const comparison = compare(name, own, peers);
  if (comparison === undefined) return "";
  const text = timesText(comparison.worse);
  return comparison.peerWins ? `**${text}**` : text;
}

/** The rows of one group: a server each, and how the first compares with the best of the others. */
function rowsOf(
  label: string,
  group: Group,
  columns: readonly FigureName[],
  derived: readonly Derived[],
): string[][] {
  const rows = group.servers.map((server, i) => [
    i === 0 ? label : "",
    server.name,
    ...columns.map((column) => figureText(column, server.figures[column])),
    ...derived.map(({ text }) => text(group, server)),
  ]);
  const [own, ...peers] = group.servers;
  if (own === undefined || peers.length === 0) return rows;
  const others = peers.map(({ figures }) => figures);
  const comparisons = columns.map((column) => comparisonText(column, own.figures, others));
  return [...rows, ["", `${own.name} : best`, ...comparisons, ...derived.map(() => "")]];
}

function tableOf(
  groups: readonly Group[],
  all: readonly FigureName[],
  label: (group: Group) => string,
  derived: readonly Derived[] = [],
): string {
  const columns = all.filter((name) =>
    groups.some(({ servers }) => servers.some(({ figures }) => figures[name] !== undefined))
  );
  const titles = [...columns.map((name) => FIGURES[name]), ...derived].map(({ title }) => title);
  const rows = groups.flatMap((group) => rowsOf(label(group), group, columns, derived));
  return markdownTable(["", "", ...titles], rows, 2);
}

const isSame = (one: Group, other: Group): boolean =>
  one.coding === other.coding && one.line === other.line;

/** What the server's own code takes for all viewers, beside what it takes for one. */
function timesOne(groups: readonly Group[]): Derived {
  const text = (group: Group, { name, figures }: ServerFigures) => {
    const single = groups.find((other) => other.viewers === 1 && isSame(group, other));
    const one = single?.servers.find((server) => server.name === name)?.figures.userAll;
    return one === undefined || figures.userAll === undefined
      ? "–"
      : timesText(figures.userAll / one);
  };
  return { title: "user, times one's", text };
}

/** A heading and the tables of one workload: with one viewer, and where there are, with more. */
export function workloadTables(groups: readonly Group[]): string[] {
  const { workload } = groups[0]!;
  const title = WORKLOADS.find(({ name }) => name === workload)?.title ?? workload;
  const single = groups.filter(({ viewers }) => viewers === 1);
  const many = groups.filter((group) =>
    groups.some((other) => other.viewers > 1 && isSame(group, other))
  );
  const how = ({ coding, line }: Group) => line === DIRECT.name ? coding : `${coding}, ${line}`;
  const tables = single.length === 0 ? [] : [tableOf(single, COLUMNS, how)];
  if (many.length > 0) {
    const company = (count: number) => count === 1 ? "1 viewer" : `${count} viewers`;
    const label = (group: Group) => `${how(group)}, ${company(group.viewers)}`;
    tables.push(tableOf(many, COLUMNS_OF_MANY, label, [timesOne(groups)]));
  }
  return [`## ${title}`, ...tables];
}
