import { assertEquals } from "@std/assert";
import { ConnectionClosed } from "../../src/rfb/errors.ts";
import type { Door } from "../../src/server/server.ts";
import { Session } from "../support/session.ts";

/** How the end of a visit is told in the log. */
async function endOf(door?: Door): Promise<string> {
  await using session = new Session();
  const visitor = session.connect(undefined, undefined, door);
  if (door === undefined) await visitor.read(12);
  visitor.close();
  await session.untilLogged("gone (");
  return session.log.find((line) => line.includes("gone ("))!.split(" ").slice(1).join(" ");
}

Deno.test("who goes before he is anybody is worth no line but for debugging", async () => {
  const gone = await endOf(() => Promise.reject(new ConnectionClosed("no trust")));
  assertEquals(gone, "debug 192.0.2.2:40000: gone (no trust)");
});

Deno.test("a viewer that goes while it logs in is worth one", async () => {
  assertEquals((await endOf()).split(" ")[0], "info");
});
