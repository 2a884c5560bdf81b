import { join } from "node:path";
import { permissionFlags } from "../../.build/permission_flags.ts";
import manifest from "../../deno.json" with { type: "json" };
import { bundle } from "../support/wine/inside.ts";
import { until } from "../support/until.ts";
import { DENO_EXE, type Windows } from "../support/wine/windows.ts";

/** Makes vncd of the sources, as one file on a Windows desktop. */
export async function bringVncd(windows: Windows): Promise<void> {
  await bundle("main.ts", join(windows.folder, "vncd.js"));
}

/** What vncd.exe may do, once compiled. */
const PERMISSIONS = permissionFlags(manifest.permissions.default);

/** The command that runs it with some arguments. */
export function vncd(...args: readonly string[]): string[] {
  const deno = [DENO_EXE, "run", "--quiet", "--no-prompt", "--no-check", "--no-config"]
    .concat(PERMISSIONS);
  return [...deno, "Z:\\tmp\\vncd.js", ...args];
}

/** What vncd said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs vncd on a Windows desktop to its end. */
export async function runVncd(
  windows: Windows,
  args: readonly string[],
  input?: string,
): Promise<Ended> {
  const child = windows.spawn(vncd(...args), {
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  });
  if (input !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  }
  const { code, stdout, stderr } = await child.output();
  const plain = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
  return { code, stdout: plain(stdout), stderr: plain(stderr) };
}

/** A port that nobody listens at. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** What a VNC server says first at a port of this machine; waits until there is one. */
export async function greetingSoon(port: number): Promise<string> {
  return await until(`a server at port ${port}`, async () => {
    try {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      const bytes = new Uint8Array(12);
      return await connection.read(bytes) === null ? undefined : new TextDecoder().decode(bytes);
    } catch {
      return undefined;
    }
  });
}

/** A vncd that shares the desktop it runs on. It ends with that, at the latest. */
export class RunningOnWindows {
  /** What it printed when it was ready. */
  readonly banner: string;
  /** The port that the banner names. */
  readonly port: number;

  private constructor(banner: string) {
    this.banner = banner;
    this.port = Number(banner.match(/Connect to +\S+:(\d+)\s/)?.[1]);
  }

  /**
   * Starts vncd at a free port of this machine, and waits for its banner.
   * @throws {Error} With its complaint, when it ends instead.
   */
  static async start(windows: Windows, args: readonly string[], env: Record<string, string> = {}) {
    const own = vncd("--desktop=windows", "--listen=127.0.0.1", "--port=0", ...args);
    const child = windows.spawn([...own, "--log-file=Z:\\tmp\\vncd.log"], { stdout: "piped", env });
    let banner = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      banner += text.replaceAll("\r\n", "\n");
      if (banner.endsWith("\n\n")) return new RunningOnWindows(banner);
    }
    throw new Error(
      `vncd did not start: ${await Deno.readTextFile(join(windows.folder, "vncd.log"))}`,
    );
  }
}
