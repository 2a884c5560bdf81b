/** What is drawn, and how often. */
export interface Workload {
  readonly name: string;
  /** For a person: "A film". */
  readonly title: string;
  /** What `scene` calls it. */
  readonly scene: string;
  /** Frames a second; of typing, the keys that are pressed. */
  readonly rate: number;
}

/** How pixels are asked for. */
export interface Coding {
  readonly name: string;
  /** As libvncclient takes it. */
  readonly encodings: string;
  /** The encoding's number in the protocol. */
  readonly encoding: number;
  /** The quality level, 0 to 9; -1 asks for none: no JPEG. */
  readonly quality: number;
}

/** What lies between the server and its viewer. */
export interface Line {
  readonly name: string;
  /** Bytes per millisecond; unlimited when left out. */
  readonly rate?: number;
  /** Milliseconds each way. */
  readonly delay?: number;
  /** Bytes that wait in front of the line. */
  readonly buffer?: number;
}

/** One thing to measure of each server. */
export interface Cell {
  readonly workload: Workload;
  readonly coding: Coding;
  readonly viewers: number;
  readonly line: Line;
}

/** A workload at a rate that its name tells. */
const paced = (scene: string, rate: number, title: string): Workload => ({
  name: `${scene} ${rate}`,
  title: `${title}, ${rate} times a second`,
  scene,
  rate,
});

/** A workload that has one rate. */
const single = (scene: string, rate: number, title: string): Workload => ({
  name: scene,
  title,
  scene,
  rate,
});

export const WORKLOADS: readonly Workload[] = [
  paced("video", 30, "A film of 1280x720"),
  paced("video", 60, "A film of 1280x720"),
  paced("screen", 60, "A film on the whole screen"),
  paced("text", 60, "Text of 806x704 that scrolls by a line"),
  paced("drag", 60, "A window of 640x480 dragged above a busy desktop"),
  single("refresh", 2, "One busy desktop in place of another, twice a second"),
  single("small", 23, "32x32 pixels that change, 23 times a second"),
  single("typing", 11, "A letter for each key that the viewer presses, 11 a second"),
];

/** A desktop that rests. */
export const STILL: Workload = single("nothing", 0, "Nothing at all");

export const CODINGS: readonly Coding[] = [
  { name: "Raw", encodings: "copyrect raw", encoding: 0, quality: -1 },
  { name: "Hextile", encodings: "copyrect hextile", encoding: 5, quality: -1 },
  { name: "ZRLE", encodings: "copyrect zrle", encoding: 16, quality: -1 },
  { name: "Tight", encodings: "copyrect tight", encoding: 7, quality: -1 },
  { name: "Tight JPEG", encodings: "copyrect tight", encoding: 7, quality: 8 },
];

/** The compression level that all ask for. */
export const COMPRESSION = 2;

export const DIRECT: Line = { name: "loopback" };

/** 20 Mbit/s, 50 ms there and back, and 100 ms that wait in front of it. */
export const SLOW: Line = { name: "20 Mbit/s, 50 ms", rate: 2500, delay: 25, buffer: 250_000 };

/** What identifies a cell. */
export interface CellName {
  readonly workload: string;
  readonly coding: string;
  readonly viewers: number;
  readonly line: string;
}

export const nameOf = ({ workload, coding, viewers, line }: Cell): CellName => ({
  workload: workload.name,
  coding: coding.name,
  viewers,
  line: line.name,
});

/** For a person: "video 30, Raw", and what isn't plain. */
export function cellText({ workload, coding, viewers, line }: CellName): string {
  const company = viewers === 1 ? "" : `, ${viewers} viewers`;
  const through = line === DIRECT.name ? "" : `, ${line}`;
  return `${workload}, ${coding}${company}${through}`;
}

/** @throws {Error} When there is none of that name, naming those that are there. */
export function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new Error(`"${name}" is none of ${list.map((each) => each.name).join(", ")}`);
}

const cell = (workload: string, coding: string, viewers = 1, line = DIRECT): Cell => ({
  workload: named(WORKLOADS, workload),
  coding: named(CODINGS, coding),
  viewers,
  line,
});

/** All combinations. */
export function combine(
  workloads: readonly Workload[],
  codings: readonly Coding[],
  viewers: readonly number[],
  line: Line,
): Cell[] {
  return workloads.flatMap((workload) =>
    codings.flatMap((coding) =>
      viewers.map((count) => ({ workload, coding, viewers: count, line }))
    )
  );
}

/** Without those that occur earlier in the list. */
export function distinct(cells: readonly Cell[]): Cell[] {
  return [...new Map(cells.map((each) => [cellText(nameOf(each)), each])).values()];
}

/** Everything: with one viewer, through a slow line, and with more viewers. */
export const ALL_CELLS: readonly Cell[] = [
  ...combine(WORKLOADS.filter(({ name }) => name !== "small"), CODINGS, [1], DIRECT),
  cell("small", "Raw"),
  cell("small", "Tight"),
  ...["video 30", "refresh", "typing"].map((name) => cell(name, "Tight JPEG", 1, SLOW)),
  ...["text 60", "drag 60", "refresh"].map((name) => cell(name, "Tight", 1, SLOW)),
  ...[4, 16, 64].flatMap((viewers) => [
    cell("video 30", "Tight JPEG", viewers),
    cell("text 60", "Tight", viewers),
  ]),
];

/** A few, for a first look. */
export const QUICK_CELLS: readonly Cell[] = [
  cell("video 30", "Tight JPEG"),
  cell("video 30", "Tight JPEG", 16),
  cell("screen 60", "Tight JPEG"),
  cell("text 60", "Tight"),
  cell("drag 60", "Tight"),
  cell("refresh", "Tight JPEG"),
  cell("small", "Tight"),
  cell("typing", "Tight"),
];

/** What the table of the machine's limits is compared with. */
export const LIMIT_CELLS = {
  raw: cell("screen 60", "Raw"),
  lossless: cell("video 30", "Tight"),
  jpeg: cell("video 30", "Tight JPEG"),
} as const;
