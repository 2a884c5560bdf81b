// Viewers that know a certificate, and take no other.

import { dirname, join } from "node:path";
import { compile } from "./compile.ts";
import { Program } from "./program.ts";
import { tempDir } from "./temp_dir.ts";
import { TigerVnc, type TigerVncOptions } from "./tigervnc.ts";

/** A program that runs, with what it needs. */
export interface Running extends AsyncDisposable {
  readonly program: Program;
}

/**
 * Starts TigerVNC's viewer, which would ask about another certificate.
 * @param trusted In PEM.
 */
export async function trustingTigerVnc(
  trusted: string,
  options: TigerVncOptions,
): Promise<Running> {
  await using resources = new AsyncDisposableStack();
  const file = join(resources.use(await tempDir()).path, "ca.pem");
  await Deno.writeTextFile(file, trusted);
  const args = [`-X509CA=${file}`, "-Log=*:stderr:100", ...options.args ?? []];
  const { program } = resources.use(await TigerVnc.start({ ...options, args }));
  const kept = resources.move();
  return { program, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/**
 * Takes a screenshot with gtk-vnc's gvnccapture. It finds certificates in the home of whoever runs it,
 * as the system's list of users has it; here that is a folder of its own.
 * @param trusted In PEM; undefined where it finds none.
 * @param answers To what it asks for, in that order: a name and a password, or a password.
 */
export async function trustingGvnccapture(
  port: number,
  trusted: string | undefined,
  answers: readonly string[],
): Promise<Running> {
  await using resources = new AsyncDisposableStack();
  const home = resources.use(await tempDir()).path;
  const file = join(home, ".pki/CA/cacert.pem");
  if (trusted !== undefined) {
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeTextFile(file, trusted);
  }
  const source = new URL("./home.c", import.meta.url);
  const library = resources.use(await compile(source, "-shared", "-fPIC", "-ldl"));
  // It asks on a terminal and takes the answers from nowhere else; script is one.
  const command = `exec gvnccapture 127.0.0.1:${port - 5900} "$HOME/screen.png"`;
  const program = resources.use(
    new Program("script", {
      args: ["-qec", command, "/dev/null"],
      env: { HOME: home, LD_PRELOAD: library.path },
    }),
  );
  answer(program, answers);
  const kept = resources.move();
  return { program, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function answer(program: Program, answers: readonly string[]): Promise<void> {
  let seen = 0;
  for (const text of answers) {
    const asked = await program.expect(/(Username|Password): $/, seen).catch(() => undefined);
    if (asked === undefined) return;
    seen = program.output.length;
    await program.write(`${text}\n`).catch(() => {});
  }
}
