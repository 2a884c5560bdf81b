import { assert, assertEquals } from "@std/assert";
import type { Connection } from "../../src/rfb/connection.ts";
import { ALL_RIGHTS } from "../../src/security/rights.ts";
import type { Consent } from "../../src/server/consent/consent.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { Session, turn } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";

/** Connects and reads the greeting. */
async function idle(session: Session, from: string): Promise<TestViewer> {
  const viewer = session.connect(undefined, from);
  await viewer.read(12);
  return viewer;
}

/** How many of them the server has closed; each was left in the handshake. */
async function countClosed(viewers: readonly TestViewer[]): Promise<number> {
  let closed = 0;
  for (const viewer of viewers) {
    void viewer.closed().then((is) => closed += Number(is));
  }
  for (let i = 0; i < 5; i++) await turn();
  return closed;
}

Deno.test("an address has 32 connections that have not logged in, and pushes out no other's", async () => {
  await using session = new Session();
  const others = [await idle(session, "192.0.2.50"), await idle(session, "192.0.2.51")];
  const flood: TestViewer[] = [];
  for (let i = 0; i < 100; i++) flood.push(await idle(session, "192.0.2.7"));
  assertEquals(await countClosed(others), 0);
  assertEquals(await countClosed(flood.slice(0, 68)), 68);
  assertEquals(await countClosed(flood.slice(68)), 0);
});

Deno.test("an IPv6 network counts as one address", async () => {
  await using session = new Session();
  const flood: TestViewer[] = [];
  for (let i = 1; i <= 40; i++) flood.push(await idle(session, `2001:db8::${i}`));
  assertEquals(await countClosed(flood), 8);
});

Deno.test("connections from this machine have a larger share, and no more than that", async () => {
  await using session = new Session();
  const others: TestViewer[] = [];
  for (let i = 0; i < 32; i++) others.push(await idle(session, `192.0.2.${100 + i}`));
  const flood: TestViewer[] = [];
  for (let i = 0; i < 72; i++) flood.push(await idle(session, i % 2 ? "127.0.0.1" : "::1"));
  assertEquals(await countClosed(flood), 8);
  assertEquals(await countClosed(others), 0);
});

Deno.test("when there are too many, the address with most of them gives one up", async () => {
  await using session = new Session();
  const single = await idle(session, "192.0.2.99");
  const many: TestViewer[] = [];
  for (let i = 0; i < 127; i++) many.push(await idle(session, `192.0.2.${10 + i % 7}`));
  const last = await idle(session, "192.0.2.100");
  assertEquals(await countClosed([single, last]), 0);
  assertEquals(await countClosed(many), 1);
});

Deno.test("who waits to be let in is pushed out by nobody, and pushes out nobody", async () => {
  let letIn = () => {};
  const consent: Consent = () => new Promise((answer) => letIn = () => answer("accept"));
  await using session = new Session({ consent });
  const guest = session.connect(undefined, "192.0.2.7");
  const entering = guest.login();
  await session.untilLogged("waits to be let in");
  const flood: TestViewer[] = [];
  for (let i = 0; i < 32; i++) flood.push(await idle(session, "192.0.2.7"));
  assertEquals(await countClosed(flood), 0);
  for (let i = 0; i < 140; i++) flood.push(await idle(session, `192.0.2.${7 + i % 7}`));
  letIn();
  await entering;
  assertEquals(guest.name, "test");
});

/** How many of so many connections from an address are greeted. */
async function greeted(session: Session, from: string, count: number): Promise<number> {
  let greeted = 0;
  for (let i = 0; i < count; i++) {
    const viewer = session.connect(undefined, from);
    greeted += await viewer.read(12).then(() => 1, () => 0);
    viewer.close();
  }
  return greeted;
}

Deno.test("who connects too often isn't even greeted, and everybody else is", async () => {
  const clock = { now: 0 };
  await using session = new Session({ now: () => clock.now });
  assertEquals(await greeted(session, "192.0.2.7", 100), 64);
  assertEquals(await greeted(session, "192.0.2.8", 5), 5);
  clock.now += 1000;
  assertEquals(await greeted(session, "192.0.2.7", 100), 10);
  assertEquals(await greeted(session, "::1", 200), 200);
  assertEquals(await greeted(session, "127.0.0.1", 100), 0);
  // One that comes each second, as health checks do, always is.
  for (let i = 0; i < 100; i++) {
    clock.now += 1000;
    assertEquals(await greeted(session, "192.0.2.7", 1), 1);
  }
});

Deno.test("a flood of connections is no flood of the log", async () => {
  await using session = new Session({ now: () => 0 });
  const flood: TestViewer[] = [];
  for (let i = 0; i < 64; i++) flood.push(await idle(session, "192.0.2.7"));
  assertEquals(await greeted(session, "192.0.2.7", 80), 0);
  for (let i = 0; i < 5; i++) await turn();
  assertEquals(
    session.log.filter((line) => !line.includes(" debug ")).map((line) => line.slice(25)),
    [
      "warn  192.0.2.7: closed: too many others have not logged in either",
      "warn  192.0.2.7: closed: it connects too often",
    ],
  );
});

Deno.test("who takes more than a minute to log in is closed", async () => {
  const { setTimeout } = globalThis;
  const dueInAMinute: (() => void)[] = [];
  globalThis.setTimeout =
    ((task: () => void, time: number) =>
      time === 60_000 ? dueInAMinute.push(task) : setTimeout(task, time)) as typeof setTimeout;
  try {
    await using session = new Session();
    const viewer = await idle(session, "192.0.2.7");
    assertEquals(dueInAMinute.length, 1);
    dueInAMinute[0]!();
    assert(await viewer.closed());
    await session.untilLogged("closed: the handshake took too long");
  } finally {
    globalThis.setTimeout = setTimeout;
  }
});

/** Reads without end before anybody has logged in, straight or through another connection. */
const endless = (wrap?: (connection: Connection) => Connection): SecurityType => ({
  id: 200,
  alwaysHasResult: true,
  async authenticate(channel) {
    if (wrap !== undefined) channel.upgrade(wrap);
    for (;;) await channel.source.read(1000);
  },
});

/** Turns all bits around, as encryption does for somebody who doesn't know better. */
const inverted = (connection: Connection): Connection => ({
  ...connection,
  read: async () => (await connection.read())?.map((byte) => byte ^ 255) ?? null,
  write: (bytes) => connection.write(bytes.map((byte) => byte ^ 255)),
  close: () => connection.close(),
});

for (const [how, wrap] of [["straight", undefined], ["encrypted", inverted]] as const) {
  Deno.test(`more than 64 KiB before logging in, ${how}, closes the connection`, async () => {
    await using session = new Session({ securityTypes: [endless(wrap)] });
    const viewer = await idle(session, "192.0.2.7");
    await viewer.write(...new TextEncoder().encode("RFB 003.008\n"));
    await viewer.read(2);
    await viewer.write(200);
    const kilobyte = new Array(1024).fill(0);
    for (let i = 0; i < 63; i++) await viewer.send(kilobyte);
    for (let i = 0; i < 5; i++) await turn();
    assert(!session.logged("closed"));
    await viewer.send(kilobyte);
    assert(await viewer.closed());
    await session.untilLogged("closed: too much was sent before logging in");
  });
}

Deno.test("there is no such limit behind the login", async () => {
  const last: SecurityType = {
    id: 200,
    alwaysHasResult: true,
    authenticate: () => Promise.resolve({ rights: ALL_RIGHTS }),
  };
  await using session = new Session({ securityTypes: [last] });
  const viewer = await session.viewer({ securityType: 200 });
  for (let i = 0; i < 3; i++) await viewer.cutText("x".repeat(40_000));
  await viewer.request(false);
  await viewer.update();
});
