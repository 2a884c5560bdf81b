// deno-lint-ignore-file no-console -- a program for the terminal
//
// `deno task compile [--target windows]`: makes dist/vncd or dist/vncd.exe, the one file to run.

import { parseArgs } from "@std/cli/parse-args";
import manifest from "../deno.json" with { type: "json" };
import { pack } from "./pack.ts";
import { permissionFlags } from "./permission_flags.ts";

const ROOT = `${import.meta.dirname}/../`;

/** For which system it is made; the one that this runs on where nobody says. */
const { target } = parseArgs(Deno.args, {
  string: ["target"],
  default: { target: Deno.build.os },
  unknown: (argument) => fail(`unknown argument ${argument}; there is --target windows`),
});
if (target !== Deno.build.os && target !== "windows") fail(`--target takes windows, not ${target}`);
const isForWindows = target === "windows";
/** deno compile adds .exe to a name that lacks it, so the draft has it, too. */
const EXTENSION = isForWindows ? ".exe" : "";
const OUTPUT = `${ROOT}dist/vncd${EXTENSION}`;
/** What is made; it replaces the output when it is whole. */
const DRAFT = `${ROOT}dist/vncd.new${EXTENSION}`;

/** What vncd may do. */
const PERMISSIONS = manifest.permissions.default;

async function deno(...args: string[]): Promise<{ success: boolean; output: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { success, output: text.decode(stdout) + text.decode(stderr) };
}

function fail(output: string): never {
  console.error(output.trimEnd());
  Deno.exit(1);
}

/** Puts the bundled program together with the running Deno. */
async function packWithDeno(program: string): Promise<void> {
  const parts = pack(
    await Deno.readTextFile(`${ROOT}.build/launcher.sh`),
    await Deno.readTextFile(`${ROOT}.build/prelude.js`) + await Deno.readTextFile(program),
    await Deno.readFile(Deno.execPath()),
    PERMISSIONS,
  );
  await Deno.writeFile(DRAFT, new Blob(parts as BlobPart[]).stream(), { mode: 0o755 });
}

/**
 * Makes the draft of the bundled program. Compiled as it is in the sources it would take all of its npm
 * packages along, with what they need for other things: 120 MB.
 * @returns What is in the way of it; undefined when it is made.
 */
async function compile(program: string): Promise<string | undefined> {
  const bundled = await deno("bundle", "--platform=deno", `-o=${program}`, "main.ts");
  if (!bundled.success) return bundled.output;
  const { success, output } = await deno(
    ...["compile", "--no-config", ...permissionFlags(PERMISSIONS)],
    ...isForWindows ? ["--target=x86_64-pc-windows-msvc"] : [],
    ...[`-o=${DRAFT}`, program],
  );
  if (success) return undefined;
  // Deno's words for not having denort, the runtime that it puts the program into.
  if (!output.includes("Setting up base binary")) return output;
  if (isForWindows) {
    return "Deno can't download denort for Windows from dl.deno.land, so there is no vncd.exe; " +
      "DENORT_BIN=FILE names one that was brought here in another way";
  }
  console.log("denort can't be downloaded; packing vncd with the running Deno instead");
  await packWithDeno(program);
  return undefined;
}

async function main(): Promise<void> {
  await Deno.mkdir(`${ROOT}dist`, { recursive: true });
  const folder = await Deno.makeTempDir();
  let problem: string | undefined;
  try {
    problem = await compile(`${folder}/vncd.js`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  if (problem !== undefined) fail(problem);
  await Deno.rename(DRAFT, OUTPUT);
  const { size } = await Deno.stat(OUTPUT);
  console.log(`dist/vncd${EXTENSION}: ${(size / 1e6).toFixed(1)} MB`);
}

await main();
