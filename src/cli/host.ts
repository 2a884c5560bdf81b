import type { Environment } from "./parse.ts";

/** What the command line needs of the process it runs in. */
export interface Host {
  readonly environment: Environment;
  /** Writes lines for whoever started vncd to standard output. */
  print(text: string): void;
  /** Writes a line to standard error: the log, and what went wrong. */
  complain(line: string): void;
}

/** Writes a line; one that can't be written is lost. */
export function writeLine(stream: Pick<typeof Deno.stdout, "writeSync">, text: string): void {
  const bytes = new TextEncoder().encode(`${text}\n`);
  try {
    for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
  } catch {
    // Its reader has gone (`vncd --help | head`), its disk is full: no reason to stop sharing.
  }
}

/** The running process. */
export function processHost(): Host {
  return {
    get environment() {
      return Deno.env.toObject();
    },
    print: (text) => writeLine(Deno.stdout, text),
    complain: (line) => writeLine(Deno.stderr, line),
  };
}
