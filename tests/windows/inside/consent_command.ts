import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { ALL_RIGHTS } from "../../../src/security/rights.ts";
import { commandConsent } from "../../../src/server/consent/command.ts";
import type { Visitor } from "../../../src/server/consent/consent.ts";
import { until } from "../../support/until.ts";

const VISITOR: Visitor = {
  peer: "192.0.2.7:41822",
  address: "192.0.2.7",
  place: "192.0.2.7",
  rights: ALL_RIGHTS,
  time: 60_000,
};

function run(command: string) {
  const said: string[] = [];
  const withdraw = new AbortController();
  const consent = commandConsent(command, { debug: (line) => said.push(line) });
  return { said, withdraw, answer: consent(VISITOR, withdraw.signal) };
}

for (const [code, answer] of Object.entries({ 0: "accept", 3: "view", 1: "refuse" })) {
  Deno.test(`a command of cmd's that exits with ${code} answers ${answer}`, async () => {
    assertEquals(await run(`exit ${code}`).answer, answer);
  });
}

Deno.test("another program called cmd, first in PATH, isn't taken for Windows'", async () => {
  const folder = await Deno.makeTempDir();
  const path = Deno.env.get("PATH")!;
  await Deno.copyFile(Deno.execPath(), join(folder, "cmd.exe"));
  Deno.env.set("PATH", `${folder};${path}`);
  try {
    assertEquals(await run("exit 3").answer, "view");
  } finally {
    Deno.env.set("PATH", path);
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a command of cmd's finds who is there in its environment, quotes and all", async () => {
  const { said, answer } = run(`echo "%VNCD_ADDRESS%" %VNCD_ACCESS%`);
  assertEquals(await answer, "accept");
  await until("what it says", () => said.join("").includes("control") || undefined);
  assertEquals(
    said.join("").trim(),
    `192.0.2.7:41822: the command says: "192.0.2.7" control`,
  );
});

Deno.test("a command of cmd's ends when the visitor goes", async () => {
  const { withdraw, answer } = run("ping -n 60 127.0.0.1");
  const outcome = answer.then((each) => each, () => "withdrawn");
  withdraw.abort();
  assertEquals(["withdrawn", "refuse"].includes(await outcome), true);
});
