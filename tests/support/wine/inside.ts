import { join } from "node:path";
import { ROOT } from "../root.ts";
import { DENO_EXE, startWindows, type Windows } from "./windows.ts";

/** How a test ended that ran on Windows. */
interface Result {
  readonly name: string;
  /** What it said when it failed. */
  readonly failure?: string;
}

/**
 * Runs a file of tests by deno.exe on a Windows desktop of its own, and registers a test here for each,
 * which tells how it ended.
 * @param file From the repository's root: `tests/windows/inside/capture_test.ts`.
 */
export async function runInside(file: string): Promise<void> {
  await using windows = await startWindows();
  for (const { name, failure } of await resultsOf(windows, file)) {
    Deno.test(name, () => {
      if (failure !== undefined) throw new Error(failure);
    });
  }
}

async function resultsOf(windows: Windows, file: string): Promise<Result[]> {
  await bundle(file, join(windows.folder, "tests.js"));
  const args = ["test", "--no-check", "--no-config", "-A", "--junit-path=Z:\\tmp\\tests.xml"];
  const child = windows.spawn([DENO_EXE, ...args, "Z:\\tmp\\tests.js"], {
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
  const { stdout, stderr } = await child.output();
  const report = await Deno.readTextFile(join(windows.folder, "tests.xml")).catch(() => "");
  const results = parse(report);
  if (results.length > 0) return results;
  const text = new TextDecoder();
  return [{ name: file, failure: text.decode(stdout) + text.decode(stderr) }];
}

/** Makes one file of a program and all that it imports. */
export async function bundle(file: string, output: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform=deno", `--output=${output}`, file],
    cwd: ROOT,
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Reads the test cases of a JUnit report of `deno test`. */
function parse(report: string): Result[] {
  return [...report.matchAll(/<testcase name="(.*?)"(.*?)(?:\/>|<\/testcase>)/gs)].map(
    ([, name, rest]) => {
      const failure = rest!.match(/<(?:failure|error)[^>]*>(.*?)<\/(?:failure|error)>/s)?.[1];
      return { name: unescape(name!), ...failure && { failure: unescape(failure) } };
    },
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

function unescape(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]!)
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
