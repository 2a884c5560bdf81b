import { assert, assertEquals } from "@std/assert";
import { startX11 } from "./rig.ts";

/** A line of the kernel's table of shared memory. */
interface Segment {
  readonly creator: number;
  readonly permissions: number;
  /** Whether it goes with the last process that uses it. */
  readonly isRemoved: boolean;
}

/** SHM_DEST, which the kernel shows among the permissions. */
const REMOVED = 0o1000;

/** This process's segments. Deno itself opens nothing below /proc without all permissions. */
async function segments(): Promise<Segment[]> {
  const { stdout } = await new Deno.Command("cat", { args: ["/proc/sysvipc/shm"] }).output();
  const [head, ...lines] = new TextDecoder().decode(stdout).trim().split("\n");
  const columns = head!.trim().split(/\s+/);
  return lines.map((line) => line.trim().split(/\s+/)).map((fields) => {
    const mode = parseInt(fields[columns.indexOf("perms")]!, 8);
    return {
      creator: Number(fields[columns.indexOf("cpid")]),
      permissions: mode & 0o777,
      isRemoved: (mode & REMOVED) !== 0,
    };
  }).filter(({ creator }) => creator === Deno.pid);
}

Deno.test("x11 shared memory is for this user only, and outlives nobody", async () => {
  const before = (await segments()).length;
  await using rig = await startX11();
  assertEquals(rig.desktop.screen.width > 0, true);
  const own = (await segments()).slice(before);
  assert(own.length > 0);
  assertEquals(own.filter(({ permissions }) => permissions !== 0o600), []);
  assertEquals(own.filter(({ isRemoved }) => !isRemoved), []);
});
