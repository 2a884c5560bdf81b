import { assertEquals, assertRejects } from "@std/assert";
import {
  describe,
  install,
  missing,
  type Prerequisite,
  provide,
} from "../support/prerequisites.ts";
import { SUITES } from "../support/suites.ts";
import { add, closingLine, judge, NOTHING } from "../support/tally.ts";
import { ROOT } from "../support/root.ts";

async function denoTest(code: string) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/one_test.ts`, code);
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-config", "--junit-path=report.xml"],
      cwd: folder,
      stdout: "null",
      stderr: "null",
    }).output();
    const report = await Deno.readTextFile(`${folder}/report.xml`).catch(() => "");
    return judge(report, success);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("tests and their steps are counted as they ended", async () => {
  const tally = await denoTest(`
    Deno.test("a", () => {});
    Deno.test("b", async (t) => {
      await t.step("c", () => {});
    });
    Deno.test.ignore("d", () => {});
    Deno.test("e", () => { throw new Error("<testsuite tests=\\"9\\">"); });
  `);
  assertEquals(tally, { passed: 3, failed: 1, skipped: 1 });
});

Deno.test("a run that can't be loaded or has no test is a failure", async () => {
  assertEquals(await denoTest("nonsense("), { ...NOTHING, failed: 1 });
  assertEquals(await denoTest("export {};"), { ...NOTHING, failed: 1 });
});

Deno.test("the closing line names what was skipped only when something was", () => {
  const tally = add({ passed: 1, failed: 2, skipped: 0 }, { passed: 3, failed: 0, skipped: 0 });
  assertEquals(closingLine(tally), "4 passed, 2 failed");
  assertEquals(closingLine({ ...tally, skipped: 5 }), "4 passed, 2 failed, 5 skipped");
});

/** An apt-get that notes what it installs, and knows no package "unknown". */
const APT_GET = `#!/bin/sh
case " $* " in
  *" unknown "*) echo "E: Unable to locate package unknown" >&2; exit 100 ;;
  *" install "*) echo "$*" >>"$0.log" ;;
esac
`;

Deno.test("a package that the distribution doesn't know keeps no other from being installed", async () => {
  const folder = await Deno.makeTempDir();
  const path = Deno.env.get("PATH")!;
  try {
    await Deno.writeTextFile(`${folder}/apt-get`, APT_GET, { mode: 0o755 });
    Deno.env.set("PATH", `${folder}:${path}`);
    await assertRejects(
      () => install(["one", "unknown", "two"]),
      Error,
      "unknown: apt-get install",
    );
    await install(["three", "four"]);
    const installed = await Deno.readTextFile(`${folder}/apt-get.log`);
    const names = installed.trimEnd().split("\n").map((line) => line.split("recommends ")[1]);
    assertEquals(names, ["one", "two", "three four"]);
  } finally {
    Deno.env.set("PATH", path);
    await Deno.remove(folder, { recursive: true });
  }
});

/** What fetches itself, unless that fails. */
class Fetched implements Prerequisite {
  readonly package = "new";
  fetches = 0;

  constructor(readonly name: string, readonly failure?: string) {}

  isThere(): boolean {
    return this.fetches > 0 && this.failure === undefined;
  }

  fetch(): Promise<void> {
    this.fetches++;
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  }
}

Deno.test("what fetches itself is fetched once, and named when that fails", async () => {
  const needs = [new Fetched("one"), new Fetched("two", "no network")];
  assertEquals(describe(needs), "one, two (fetched where apt-get can)");
  await provide([...needs, needs[0]!], "what a test needs");
  assertEquals(needs.map(({ fetches }) => fetches), [1, 1]);
  assertEquals(missing(needs), [needs[1]!]);
});

Deno.test("every folder of tests belongs to a suite", async () => {
  const { test } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const covered: string[] = [...test.include, ...SUITES.flatMap(({ args }) => args)];
  const folders = [...Deno.readDirSync(`${ROOT}tests`)]
    .filter(({ name, isDirectory }) => isDirectory && name !== "support" && name !== "bench")
    .map(({ name }) => `tests/${name}`);
  assertEquals(folders.filter((folder) => !covered.includes(folder)), []);
});
