import { median } from "../measure/statistics.ts";

/** What a figure means. */
export interface FigureKind {
  readonly title: string;
  readonly better: "more" | "less";
  /** After the decimal point. */
  readonly digits: number;
}

const less = (title: string, digits: number): FigureKind => ({ title, better: "less", digits });
const more = (title: string, digits: number): FigureKind => ({ title, better: "more", digits });

/** All that is measured with frames. "Frames" of a viewer are distinct ones that have come whole. */
export const FIGURES = {
  rate: more("frames/s", 1),
  crowdRate: more("others' frames/s", 1),
  latency: less("latency ms", 1),
  latency95: less("95 % ms", 1),
  key: less("key to X ms", 1),
  echo: less("key to echo ms", 1),
  cpu: less("CPU ms/frame", 2),
  cpuX: less("X's CPU ms/frame", 2),
  cpuAll: less("CPU ms/frame for all", 2),
  userAll: less("of it user", 2),
  cores: less("cores", 2),
  bytes: less("kB/frame", 1),
  error: less("error", 2),
  torn: less("torn/s", 1),
  memory: less("MB", 0),
  peak: less("peak MB", 0),
} as const satisfies Record<string, FigureKind>;

/** A figure's name in code and in JSON. */
export type FigureName = keyof typeof FIGURES;

/** What was measured; a figure is missing where there is none, as the latency where nothing came. */
export type Figures = Readonly<Partial<Record<FigureName, number>>>;

export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];

/** The median over the rounds of each figure. */
export function medians(rounds: readonly Figures[]): Figures {
  const entries = FIGURE_NAMES.map((name) => {
    const values = rounds.map((round) => round[name]).filter((value) => value !== undefined);
    return [name, median(values)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** A figure beside the best of the peers'. */
export interface Comparison {
  readonly own: number;
  readonly best: number;
  /** How many times worse than the best peer's it is; below 1 where it is better. */
  readonly worse: number;
  readonly peerWins: boolean;
}

/** By how much two runs of the same server differ anyway. */
const NOISE = 0.02;

/** Compares with the best of the peers that have the figure; undefined if none has, or `own` not. */
export function compare(
  name: FigureName,
  ownFigures: Figures,
  peers: readonly Figures[],
): Comparison | undefined {
  const own = ownFigures[name];
  const values = peers.map((peer) => peer[name]).filter((each) => each !== undefined);
  if (own === undefined || values.length === 0) return undefined;
  const isMore = FIGURES[name].better === "more";
  const best = isMore ? Math.max(...values) : Math.min(...values);
  const worse = own === best ? 1 : isMore ? best / own : own / best;
  return { own, best, worse, peerWins: worse > 1 + NOISE };
}

/** A figure as text, "–" where there is none. */
export function figureText(name: FigureName, value: number | undefined): string {
  return value?.toFixed(FIGURES[name].digits) ?? "–";
}

/** How many times, as text: `0.52`, `12`, `∞`. */
export function timesText(times: number): string {
  return times === Infinity ? "∞" : times.toFixed(times < 10 ? 2 : 0);
}
