import { assertEquals } from "@std/assert";
import { ForegroundRights } from "../../../../src/desktop/windows/input/foreground_rights.ts";
import { FakeProcesses, HIGH, MEDIUM, SYSTEM } from "../fake_processes.ts";

/** The programs that are told of as these get to the front, one after the other. */
function toldOf(fake: FakeProcesses, ...fronts: number[]): string[] {
  const told: string[] = [];
  const info = (message: string) => void told.push(message.replace(/ has more rights .*/, ""));
  const rights = new ForegroundRights(fake.libraries, { info });
  for (const front of fronts) {
    fake.front = front;
    rights.look();
    rights.look();
  }
  assertEquals(fake.openHandles, 0);
  return told;
}

const PROCESSES = [
  [2, { path: "C:\\Windows\\notepad.exe", integrity: MEDIUM }],
  [3, { path: "C:\\Windows\\System32\\Taskmgr.exe", integrity: HIGH }],
  [4, { path: "C:\\low.exe", integrity: 0x1000 }],
  [5, { path: "C:\\secret.exe" }],
  [6, { error: 5 }],
  [7, { error: 87 }],
  [8, { integrity: HIGH }],
] as const;

Deno.test("a program with more rights than vncd is told of, once", () => {
  const fake = new FakeProcesses(MEDIUM);
  for (const [id, process] of PROCESSES) fake.processes.set(id, process);
  assertEquals(toldOf(fake, 2, 0, 4, 3, 2, 3, 7, 99), ["Taskmgr.exe"]);
});

Deno.test("a program that vncd may not ask for its rights has more", () => {
  const fake = new FakeProcesses(MEDIUM);
  for (const [id, process] of PROCESSES) fake.processes.set(id, process);
  assertEquals(toldOf(fake, 5, 2, 6), ["secret.exe", "The program in front"]);
  assertEquals(toldOf(fake, 8), ["The program in front"]);
});

Deno.test("with as many rights, vncd says nothing", () => {
  for (const own of [HIGH, SYSTEM]) {
    const fake = new FakeProcesses(own);
    for (const [id, process] of PROCESSES) fake.processes.set(id, process);
    assertEquals(toldOf(fake, 3, 2), []);
  }
});
