import { PATIENCE, until } from "../../support/until.ts";

/** How {@linkcode Program} is started. */
export interface ProgramOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A running program whose output is kept. Disposing of it ends it. */
export class Program implements AsyncDisposable {
  readonly #command: string;
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reading: Promise<unknown>;
  #output = "";
  #running = true;

  constructor(command: string, options: ProgramOptions = {}) {
    this.#command = command;
    this.#child = new Deno.Command(command, {
      args: [...options.args ?? []],
      env: { LC_ALL: "C.UTF-8", ...options.env },
      cwd: options.cwd,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#reading = Promise.all([
      this.#keep(this.#child.stdout),
      this.#keep(this.#child.stderr),
      this.#child.status.then(() => this.#running = false),
    ]);
  }

  /** What it has printed so far, standard output and errors as they came. */
  get output(): string {
    return this.#output;
  }

  /** The process's number. */
  get pid(): number {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#running;
  }

  /**
   * Waits until its output, from `start` on, matches.
   * @param patience After how many milliseconds it should have.
   * @throws {Error} With the output, when it ends or keeps silent.
   */
  async expect(pattern: RegExp, start = 0, patience = PATIENCE): Promise<RegExpMatchArray> {
    try {
      return await until(`output like ${pattern}`, () => {
        const match = this.#output.slice(start).match(pattern);
        if (match === null && !this.#running) throw new Error("it has ended");
        return match ?? undefined;
      }, patience);
    } catch (error) {
      const reason = (error as Error).message;
      throw new Error(`${this.#command}: ${reason}, it said:\n${this.#output}`);
    }
  }

  /**
   * Writes to its standard input.
   * @throws {Error} With its output, when it has ended.
   */
  async write(text: string): Promise<void> {
    try {
      await this.#input.write(new TextEncoder().encode(text));
    } catch {
      await this.#reading;
      throw new Error(`${this.#command} has ended, it said:\n${this.#output}`);
    }
  }

  /** Ends its standard input. */
  async closeInput(): Promise<void> {
    await this.#input.close();
  }

  /** Sends a signal, if it still runs. */
  signal(signal: Deno.Signal): void {
    if (this.#running) this.#child.kill(signal);
  }

  /** Waits until it ends by itself, and its output is complete. */
  async ended(): Promise<void> {
    await until(`${this.#command} ends`, () => this.#running ? undefined : true);
    await this.#reading;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A stopped program would only end when it is continued; this one ends it in any state.
    this.signal("SIGKILL");
    await this.#reading;
    await this.#input.abort().catch(() => {});
  }

  async #keep(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) this.#output += text;
  }
}
