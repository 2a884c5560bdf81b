import { assert, assertEquals } from "@std/assert";
import type { Connection } from "../../src/rfb/connection.ts";
import { ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { none } from "../../src/security/none.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import type { Door } from "../../src/server/server.ts";
import { Session, turn } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";

const PROXY = "198.51.100.1";

/** Finds out that somebody else is behind a connection. */
const comesFrom = (address: string): Door => (connection, moved) => {
  const seen: Connection = {
    peer: `${address} through ${connection.peer}`,
    remote: { hostname: address, port: 0 },
    local: connection.local,
    isPrivate: false,
    read: () => connection.read(),
    write: (bytes) => connection.write(bytes),
    close: () => connection.close(),
  };
  moved(seen);
  return Promise.resolve({ connection: seen, inBrowser: true });
};

/** How many of so many connections through a proxy are greeted. */
async function greeted(session: Session, door: Door | undefined, count: number): Promise<number> {
  const viewers: TestViewer[] = [];
  for (let i = 0; i < count; i++) viewers.push(session.connect(undefined, PROXY, door));
  const all = await Promise.all(viewers.map((viewer) => viewer.read(12).then(() => 1, () => 0)));
  for (const viewer of viewers) viewer.close();
  await turn();
  return all.reduce((sum: number, one) => sum + one, 0);
}

Deno.test("what comes through a trusted proxy counts for whom it comes for", async () => {
  const isProxy = (address: string) => address === PROXY;
  await using session = new Session({ isProxy, now: () => 0 });
  assertEquals(await greeted(session, comesFrom("192.0.2.7"), 30), 30);
  assertEquals(await greeted(session, comesFrom("192.0.2.7"), 30), 30);
  assertEquals(await greeted(session, comesFrom("192.0.2.7"), 30), 4);
  assertEquals(await greeted(session, comesFrom("192.0.2.8"), 5), 5);
  // One that doesn't say for whom counts for itself.
  assertEquals(await greeted(session, undefined, 30), 30);
  assertEquals(await greeted(session, undefined, 30), 30);
  assertEquals(await greeted(session, undefined, 30), 4);
});

Deno.test("who is slow at the door behind a proxy holds up nobody else who comes through it", async () => {
  const isProxy = (address: string) => address === PROXY;
  await using session = new Session({ isProxy });
  const slow = (address: string): Door => async (connection, moved) => {
    const { connection: client } = (await comesFrom(address)(connection, moved))!;
    await client.read();
    return { connection: client, inBrowser: true };
  };
  const other = session.connect(undefined, PROXY, slow("192.0.2.8"));
  const many: TestViewer[] = [];
  for (let i = 0; i < 200; i++) {
    many.push(session.connect(undefined, PROXY, slow("192.0.2.7")));
    await turn();
  }
  await session.untilLogged("192.0.2.7: closed: too many others have not logged in either");
  await other.write(1);
  assertEquals((await other.read(12)).length, 12);
  for (const viewer of [...many, other]) viewer.close();
});

Deno.test("what says to come through a proxy counts for the connection where none is trusted", async () => {
  await using session = new Session({ now: () => 0 });
  assertEquals(await greeted(session, comesFrom("192.0.2.7"), 30), 30);
  assertEquals(await greeted(session, comesFrom("192.0.2.8"), 30), 30);
  assertEquals(await greeted(session, comesFrom("192.0.2.9"), 30), 4);
});

Deno.test("browsers are offered what suits them, by whether somebody can read along", async () => {
  const asked: boolean[] = [];
  const other: SecurityType = { ...none, id: 77, authenticate: none.authenticate };
  await using session = new Session({
    typesInBrowsers: (isPrivate) => {
      asked.push(isPrivate);
      return [other];
    },
  });
  const browser = session.connect(undefined, undefined, comesFrom("192.0.2.7"));
  await browser.read(12);
  await browser.write(...new TextEncoder().encode("RFB 003.008\n"));
  assertEquals([...await browser.read(2)], [1, 77]);
  const viewer = session.connect();
  await viewer.read(12);
  await viewer.write(...new TextEncoder().encode("RFB 003.008\n"));
  assertEquals([...await viewer.read(2)], [1, 1]);
  assertEquals(asked, [false]);
});

Deno.test("whoever doesn't want to see the desktop is done with, and is no line in the log", async () => {
  await using session = new Session();
  const visitor = session.connect(undefined, undefined, () => Promise.resolve(undefined));
  assert(await visitor.closed());
  assertEquals(session.log.filter((line) => !line.includes("debug")), []);
});

Deno.test("who breaks the rules at the door is named", async () => {
  await using session = new Session();
  const visitor = session.connect(undefined, undefined, () => {
    return Promise.reject(new ProtocolError("no such thing"));
  });
  assert(await visitor.closed());
  await session.untilLogged("192.0.2.2:40000: closed: no such thing");
});

/** How the log tells of the end of a visit. */
async function endOf(door?: Door): Promise<string> {
  await using session = new Session();
  const visitor = session.connect(undefined, undefined, door);
  if (door === undefined) await visitor.read(12);
  visitor.close();
  await session.untilLogged("gone (");
  return session.log.find((line) => line.includes("gone ("))!.split(" ").slice(1).join(" ");
}

Deno.test("who goes while he is still at the door is worth no line but for debugging", async () => {
  const gone = await endOf(() => Promise.reject(new ConnectionClosed("no trust")));
  assertEquals(gone, "debug 192.0.2.2:40000: gone (no trust)");
});

Deno.test("a viewer that goes while it logs in is worth one", async () => {
  assertEquals((await endOf()).split(" ")[0], "info");
});
