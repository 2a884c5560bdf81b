import { assertEquals, assertStringIncludes } from "@std/assert";
import { sendAttention } from "../../../../src/desktop/windows/input/attention.ts";
import { FakeProcesses, HIGH, MEDIUM, SYSTEM } from "../fake_processes.ts";

/** Presses it as a process of an integrity level, under a policy. */
function press(integrity: number, policy?: number) {
  const fake = new FakeProcesses(integrity);
  fake.policy = policy;
  const calls: number[] = [];
  const failure = sendAttention(
    fake.libraries,
    () => ({ SendSAS: (asUser) => calls.push(asUser) }),
  );
  assertEquals(fake.openHandles, 0);
  return { calls, failure };
}

Deno.test("a service does what Ctrl+Alt+Del does where the policy allows it", () => {
  for (const policy of [1, 3]) {
    assertEquals(press(SYSTEM, policy), { calls: [0], failure: undefined });
  }
});

Deno.test("a service that the policy forbids it says how it is allowed", () => {
  for (const [policy, allowed] of [[undefined, 1], [0, 1], [2, 3]] as const) {
    const { calls, failure } = press(SYSTEM, policy);
    assertEquals(calls, []);
    assertStringIncludes(failure!, `/v SoftwareSASGeneration /t REG_DWORD /d ${allowed} /f`);
  }
});

Deno.test("an ordinary program says what does it instead", () => {
  for (const integrity of [MEDIUM, HIGH]) {
    const { calls, failure } = press(integrity, 3);
    assertEquals(calls, []);
    assertStringIncludes(failure!, "Ctrl+Shift+Esc");
    assertStringIncludes(failure!, "vncd service install");
  }
});

Deno.test("a Windows without sas.dll is told of", () => {
  const fake = new FakeProcesses(SYSTEM);
  fake.policy = 1;
  const failure = sendAttention(fake.libraries, () => {
    throw new Error("no such file");
  });
  assertStringIncludes(failure!, "no such file");
});
