import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { CODINGS, named, WORKLOADS } from "../bench/peers/cells.ts";
import type { CellResult, Results } from "../bench/peers/report/results.ts";
import { ROOT } from "../support/root.ts";
import { tempDir } from "./support/temp_dir.ts";

/** What the benchmark measures of vncd alone. It reads /proc, for which Deno wants all permissions. */
async function bench(...args: string[]): Promise<Results & { readonly printed: string }> {
  await using folder = await tempDir();
  const json = join(folder.path, "results.json");
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "-A", `${ROOT}tests/bench/peers/peers.ts`],
      ...["--peers", "vncd", "--rounds", "1", "--seconds", "1", "--json", json, ...args],
    ],
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(text.decode(stderr));
  return { ...JSON.parse(await Deno.readTextFile(json)), printed: text.decode(stdout) };
}

/** Frames came, and what they cost is told; how much is no matter of tests. */
function assertMeasured({ workload, coding, rounds, failures }: CellResult): void {
  const [figures = {}] = rounds;
  const what = `${workload}, ${coding}: ${JSON.stringify(figures)}`;
  assertEquals(failures, [], what);
  const { rate = 0, latency = 0, cpu = 0, bytes = 0, memory = 0 } = figures;
  assertEquals([rate, latency, cpu, bytes, memory].every((figure) => figure > 0), true, what);
}

Deno.test("the benchmark measures every kind of drawing", async () => {
  const names = ["video 30", "text 60", "drag 60", "refresh", "small", "typing"];
  const { cells, printed } = await bench("--workloads", names.join(), "--codings", "Tight JPEG");
  assertEquals(cells.map(({ workload }) => workload), names);
  cells.forEach(assertMeasured);
  const titles = names.map((name) => named(WORKLOADS, name).title);
  assertEquals(titles.filter((title) => !printed.includes(`## ${title}\n`)), []);
});

Deno.test("the benchmark's crowd follows every encoding", async () => {
  const { cells } = await bench("--workloads", "refresh", "--viewers", "3");
  assertEquals(cells.map(({ coding }) => coding), CODINGS.map(({ name }) => name));
  cells.forEach(assertMeasured);
  assertEquals(cells.every(({ rounds }) => rounds[0]!.crowdRate! > 0), true);
});

Deno.test("the benchmark knows a slow line", async () => {
  const { cells } = await bench("--line", "--workloads", "small", "--codings", "Tight");
  cells.forEach(assertMeasured);
  // There and back are 50 ms, of which half lies between the drawing and the viewer.
  assertEquals(cells[0]!.rounds[0]!.latency! >= 25, true);
});
