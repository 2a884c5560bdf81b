import type { CellName } from "../cells.ts";
import type { Figures } from "./figures.ts";

/** A server with its version. */
export interface NamedServer {
  readonly name: string;
  readonly version: string;
}

/** Where and when it was measured. */
export interface Machine {
  readonly date: string;
  /** The processor's model. */
  readonly processor: string;
  readonly cores: number;
  readonly kernel: string;
  readonly deno: string;
}

/** One server in one cell. */
export interface CellResult extends CellName {
  readonly server: string;
  /** One for each round that came to an end. */
  readonly rounds: readonly Figures[];
  /** What went wrong in others. */
  readonly failures: readonly string[];
}

/** Milliseconds of CPU time that a server used, and X for it, while there was nothing to do. */
export interface IdleResult {
  readonly server: string;
  /** Nobody is connected, the screen rests. */
  readonly still: CpuPair;
  /** Nobody is connected, a film runs. */
  readonly film: CpuPair;
  /** A viewer watches the screen that rests. */
  readonly watched: CpuPair;
}

export interface CpuPair {
  readonly server: number;
  readonly x: number;
}

/** What the machine can do: milliseconds for a picture. */
export interface Limits {
  /** Memory as large as the screen is copied. */
  readonly copy: number;
  /** The screen is got from the X server. */
  readonly capture: number;
  /** A picture of the film is compressed by libjpeg-turbo, with its colours in full. */
  readonly jpeg444: number;
  /** The same with a quarter of its colours. */
  readonly jpeg420: number;
  /** A picture of the film is compressed by Deno's zlib, by Huffman codes alone. */
  readonly deflate: number;
  /** As many bytes as the screen has are written into a connection. */
  readonly send: number;
  /** Megabytes a second that come out of it. */
  readonly bandwidth: number;
}

/** All that was measured; what `--json` writes. */
export interface Results {
  readonly machine: Machine;
  /** The product first. */
  readonly servers: readonly NamedServer[];
  readonly rounds: number;
  readonly seconds: number;
  readonly cells: readonly CellResult[];
  readonly idle?: readonly IdleResult[];
  readonly limits?: Limits;
}
