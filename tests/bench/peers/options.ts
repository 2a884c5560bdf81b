import { parseArgs } from "node:util";
import {
  ALL_CELLS,
  type Cell,
  CODINGS,
  combine,
  DIRECT,
  distinct,
  LIMIT_CELLS,
  named,
  QUICK_CELLS,
  SLOW,
  WORKLOADS,
} from "./cells.ts";
import type { Plan } from "./plan.ts";

/** What the command line asks for. */
export interface Options {
  readonly plan: Plan;
  /** Names of the servers to measure; undefined: all. */
  readonly servers: readonly string[] | undefined;
  /** The program of one more TigerVNC. */
  readonly tigerVnc: string | undefined;
  /** Files to write. */
  readonly json: string | undefined;
  readonly svg: string | undefined;
  /** A file that `--json` wrote, instead of measuring. */
  readonly from: string | undefined;
}

export const HELP = `
deno task bench:peers [OPTION…]

Measures vncd beside x11vnc and TigerVNC. Tables come out in Markdown, how it goes on as errors.
Without options it is everything, which takes the better part of an hour.

  --quick             a few cells, one round, two minutes
  --workloads LIST    ${WORKLOADS.map(({ name }) => name).join(", ")}
  --codings LIST      ${CODINGS.map(({ name }) => name).join(", ")}
  --viewers LIST      how many at once: 1,16
  --line              through a line with ${SLOW.name}
  --idle              what servers do when there is nothing to do
  --limits            what the machine can do at most
  --peers LIST        vncd, x11vnc, TigerVNC
  --tigervnc PROGRAM  one more TigerVNC: its x0vncserver
  --rounds N          how often each has its turn (3)
  --seconds N         how long a turn takes (3)
  --json FILE         write what was measured
  --svg FILE          draw it
  --from FILE         don't measure, take what --json wrote
`.trim();

const list = (text: string): string[] => text.split(",").map((each) => each.trim());

function positive(option: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`${option} takes a positive number, not "${text}"`);
  return number;
}

function parse(args: string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  return parseArgs({
    args,
    options: {
      ...{ workloads: text, codings: text, viewers: text, line: flag },
      ...{ idle: flag, limits: flag, quick: flag, peers: text, tigervnc: text },
      ...{ rounds: text, seconds: text, json: text, svg: text, from: text },
    },
  }).values;
}

type Values = ReturnType<typeof parse>;

/** The cells asked for; undefined if the command line doesn't choose any. */
function chosenCells({ workloads, codings, viewers, line }: Values): Cell[] | undefined {
  if ([workloads, codings, viewers].every((each) => each === undefined) && !line) return undefined;
  return combine(
    workloads === undefined ? WORKLOADS : list(workloads).map((name) => named(WORKLOADS, name)),
    codings === undefined ? CODINGS : list(codings).map((name) => named(CODINGS, name)),
    list(viewers ?? "1").map((count) => positive("--viewers", count)),
    line ? SLOW : DIRECT,
  );
}

function planOf(values: Values): Plan {
  const { quick, idle, limits } = values;
  const chosen = chosenCells(values) ?? (quick ? QUICK_CELLS : undefined);
  const partial = chosen !== undefined || idle || limits;
  const cells = chosen ?? (partial ? [] : ALL_CELLS);
  return {
    cells: distinct([...cells, ...limits ? Object.values(LIMIT_CELLS) : []]),
    rounds: positive("--rounds", values.rounds ?? (quick ? "1" : "3")),
    seconds: positive("--seconds", values.seconds ?? (quick ? "2" : "3")),
    idle: idle || !partial,
    limits: limits || !partial,
  };
}

/**
 * Understands the command line.
 * @throws {Error} When it isn't understood, in words for its author.
 */
export function parseOptions(args: readonly string[]): Options {
  const values = parse([...args]);
  return {
    plan: planOf(values),
    servers: values.peers === undefined ? undefined : list(values.peers),
    tigerVnc: values.tigervnc,
    json: values.json,
    svg: values.svg,
    from: values.from,
  };
}
