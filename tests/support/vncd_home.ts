import { RunningVncd, runVncd, type VncdResult } from "./vncd.ts";

/** Shares something on a free port of this machine. */
export const DEMO = ["--desktop", "demo", "--listen", "127.0.0.1", "--port", "0"];

/** A home of its own for a vncd, with all the files that it finds and makes. */
export class VncdHome implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "vncd-test-" });
  readonly env: Record<string, string> = { HOME: this.path };

  /** @returns The file's path. */
  write(name: string, text: string, mode = 0o600): string {
    const file = `${this.path}/${name}`;
    Deno.writeTextFileSync(file, text);
    Deno.chmodSync(file, mode);
    return file;
  }

  /** Runs vncd in it to the end. */
  run(args: readonly string[], input?: string): Promise<VncdResult> {
    return runVncd(args, { env: this.env, ...input === undefined ? {} : { input } });
  }

  /** Starts vncd in it, with {@linkcode DEMO} before the arguments. */
  start(...args: readonly string[]): Promise<RunningVncd> {
    return this.startWith([...DEMO, ...args]);
  }

  /** Starts vncd in it with these arguments alone. */
  startWith(args: readonly string[]): Promise<RunningVncd> {
    return RunningVncd.start(args, { env: this.env });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
