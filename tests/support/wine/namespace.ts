import { ROOT } from "../root.ts";

/** How {@linkcode enterPlace} enters it. */
export interface PlaceOptions {
  /** Whether what is written stays; otherwise it goes when the place is left. */
  readonly keep?: boolean;
  /** A folder of this machine that programs inside see as `/tmp`. */
  readonly temporary?: string;
}

/** What a program is started with, besides its arguments. */
export type ProgramOptions = Pick<Deno.CommandOptions, "env" | "stdin" | "stdout" | "stderr">;

/** A folder that is the root of a system, with processes of its own. Leaving it ends them. */
export interface Place extends AsyncDisposable {
  /**
   * Starts a program.
   * @param args Its path inside, and its arguments.
   */
  spawn(args: readonly string[], options?: ProgramOptions): Deno.ChildProcess;
  /**
   * Runs a program to its end.
   * @returns What it printed.
   * @throws {Error} When it fails, with what it said.
   */
  run(args: readonly string[], options?: ProgramOptions): Promise<string>;
}

/**
 * Enters a folder as the root of a system: with mounts and processes of its own, of which nothing is
 * left when it is left, or the process ends that entered it. The repository is there as `/vncd`.
 * @throws {Error} When the kernel doesn't let us.
 */
export async function enterPlace(folder: string, options: PlaceOptions = {}): Promise<Place> {
  const scratch = await Deno.makeTempDir();
  const { keep = false, temporary = scratch } = options;
  const root = keep ? folder : `${scratch}/root`;
  for (const name of ["upper", "work", "root"]) await Deno.mkdir(`${scratch}/${name}`);
  const layers = `lowerdir=${folder},upperdir=${scratch}/upper,workdir=${scratch}/work`;
  const script = [
    // Its number outside, which the machine's /proc tells.
    "read -r pid rest </proc/self/stat",
    ...keep ? [] : [`mount -t overlay overlay -o ${layers} ${root}`],
    `mount -t proc proc ${root}/proc`,
    `mount --rbind /dev ${root}/dev`,
    `mount --bind ${temporary} ${root}/tmp`,
    `mount --bind ${ROOT} ${root}/vncd`,
    "echo $pid",
    // This is the first process: all others end with it, and it ends with us.
    "exec cat >/dev/null",
  ].join("\n");
  const holder = new Deno.Command("unshare", {
    args: [
      // Nobody but root may mount, unless in a namespace where everybody is.
      ...Deno.uid() === 0 ? [] : ["--user", "--map-root-user"],
      ...["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"],
      ...["sh", "-euc", script],
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const { value } = await holder.stdout.getReader().read();
  if (value === undefined) {
    const said = await new Response(holder.stderr).text();
    throw new Error(`${folder} can't be entered: ${said.trim()}`);
  }
  return new EnteredPlace(holder, new TextDecoder().decode(value).trim(), root, scratch);
}

class EnteredPlace implements Place {
  readonly #holder: Deno.ChildProcess;
  readonly #root: string;
  readonly #scratch: string;
  /** The number of the first process inside. */
  readonly #first: string;

  constructor(holder: Deno.ChildProcess, first: string, root: string, scratch: string) {
    this.#holder = holder;
    this.#first = first;
    this.#root = root;
    this.#scratch = scratch;
  }

  spawn(args: readonly string[], options: ProgramOptions = {}): Deno.ChildProcess {
    return new Deno.Command("nsenter", {
      args: [
        ...["--target", this.#first, "--mount", "--root", "--pid"],
        ...Deno.uid() === 0 ? [] : ["--user", "--preserve-credentials"],
        ...["--", "chroot", this.#root, ...args],
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
      ...options,
      clearEnv: true,
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8", ...options.env },
    }).spawn();
  }

  async run(args: readonly string[], options: ProgramOptions = {}): Promise<string> {
    const child = this.spawn(args, { stdout: "piped", stderr: "piped", ...options });
    const { success, stdout, stderr } = await child.output();
    const text = new TextDecoder();
    if (!success) throw new Error(`${args.join(" ")} failed: ${text.decode(stderr).trim()}`);
    return text.decode(stdout);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#holder.stdin.close();
    await this.#holder.status;
    await this.#holder.stderr.cancel();
    await Deno.remove(this.#scratch, { recursive: true });
  }
}
