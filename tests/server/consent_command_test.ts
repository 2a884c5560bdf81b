import { assert, assertEquals, assertRejects } from "@std/assert";
import { AuthError } from "../../src/rfb/errors.ts";
import { ALL_RIGHTS, VIEW_ONLY } from "../../src/security/rights.ts";
import { commandConsent } from "../../src/server/consent/command.ts";
import type { Visitor } from "../../src/server/consent/consent.ts";
import { until } from "../support/until.ts";

const VISITOR: Visitor = {
  peer: "192.0.2.7:41822",
  address: "192.0.2.7",
  place: "192.0.2.7",
  rights: ALL_RIGHTS,
  time: 60_000,
};

interface Run {
  readonly said: string[];
  readonly answer: Promise<string>;
  readonly withdraw: AbortController;
}

function run(command: string, visitor: Partial<Visitor> = {}): Run {
  const said: string[] = [];
  const withdraw = new AbortController();
  const consent = commandConsent(command, { debug: (line) => said.push(line) });
  return { said, withdraw, answer: consent({ ...VISITOR, ...visitor }, withdraw.signal) };
}

/** Whether a process runs; one that has ended and nobody has waited for is still listed. */
function isRunning(pid: number): boolean {
  const { stdout } = new Deno.Command("/bin/sh", {
    args: ["-c", 'cat "/proc/$0/stat"', `${pid}`],
    stderr: "null",
  }).outputSync();
  return /^\d+ \(.*\) [^ZX]/.test(new TextDecoder().decode(stdout));
}

const EXITS = { 0: "accept", 3: "view", 1: "refuse", 2: "refuse", 127: "refuse" };
for (const [code, answer] of Object.entries(EXITS)) {
  Deno.test(`a command that exits with ${code} answers ${answer}`, async () => {
    assertEquals(await run(`exit ${code}`).answer, answer);
  });
}

Deno.test("a command that isn't there or is killed refuses", async () => {
  assertEquals(await run("/no/such/command").answer, "refuse");
  assertEquals(await run("kill -9 $$").answer, "refuse");
});

Deno.test("a command learns who it is from its environment", async () => {
  const show = 'echo "$VNCD_PEER|$VNCD_ADDRESS|$VNCD_USER|$VNCD_ACCESS"';
  const first = run(show);
  await first.answer;
  await until("its output", () => first.said[0]);
  assertEquals(first.said[0]!.trim().split(": the command says: "), [
    "192.0.2.7:41822",
    "192.0.2.7:41822|192.0.2.7||control",
  ]);
  const second = run(show, { user: "$(touch x); `id`\0\n", rights: VIEW_ONLY });
  await second.answer;
  await until("its output", () => second.said[0]);
  assert(second.said[0]!.includes("|$(touch x); `id`??|view"), second.said[0]);
});

Deno.test("an end of line that comes by itself is no line of the log", async () => {
  const { said, answer } = run("printf one; sleep 0.1; echo; sleep 0.1; echo two");
  assertEquals(await answer, "accept");
  await until("its end", () => said.some((line) => line.endsWith("two")) || undefined);
  assertEquals(said.length, 2);
});

Deno.test("a command has no input, and what it prints too much of isn't logged", async () => {
  const { said, answer } = run("cat; yes 2>/dev/null | head -c 1000000; echo done >&2");
  assertEquals(await answer, "accept");
  await until("its end", () => said.some((line) => line.includes("done")) || undefined);
  assert(said.join("").length < 10_000);
});

Deno.test("a command that takes too long is ended", async () => {
  const { said, answer } = run("echo $$; exec sleep 1000", { time: 2000 });
  await assertRejects(() => answer, AuthError, "nobody has answered");
  const pid = Number(said[0]!.match(/says: (\d+)/)![1]);
  await until("the end", () => isRunning(pid) ? undefined : true);
});

Deno.test("a withdrawn question ends the command with all that it started", async () => {
  const { said, answer, withdraw } = run("sleep 1000 & echo $!; wait");
  const line = await until("its output", () => said[0]);
  const pid = Number(line.match(/says: (\d+)/)![1]);
  assert(isRunning(pid));
  withdraw.abort();
  await assertRejects(() => answer);
  await until("the end", () => isRunning(pid) ? undefined : true);
});
