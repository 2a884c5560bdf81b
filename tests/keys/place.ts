import type { Logger } from "../../src/log.ts";

/** A folder for keys, and what was said about them. */
export class Place implements Disposable {
  readonly #parent = Deno.makeTempDirSync({ prefix: "vncd-test-" });
  /** Not there yet. */
  readonly directory = `${this.#parent}/state/vncd`;
  readonly said: string[] = [];
  readonly log: Pick<Logger, "warn" | "info"> = {
    warn: (message) => this.said.push(`warn: ${message}`),
    info: (message) => this.said.push(`info: ${message}`),
  };

  path(name: string): string {
    return `${this.directory}/${name}`;
  }

  read(name: string): string {
    return Deno.readTextFileSync(this.path(name));
  }

  write(name: string, text: string): void {
    Deno.mkdirSync(this.directory, { recursive: true });
    Deno.writeTextFileSync(this.path(name), text, { mode: 0o600 });
  }

  /** Each file in it with its permissions. */
  modes(): Record<string, string> {
    const entries = [...Deno.readDirSync(this.directory)].map(({ name }) => name).sort();
    const mode = (path: string) => (Deno.statSync(path).mode! & 0o777).toString(8);
    return Object.fromEntries(entries.map((name) => [name, mode(this.path(name))]));
  }

  /** The permissions of the folder itself. */
  get mode(): string {
    return (Deno.statSync(this.directory).mode! & 0o777).toString(8);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#parent, { recursive: true });
  }
}

/** What openssl says. */
export async function openssl(...args: string[]): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command("openssl", { args, stdin: "null" })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
