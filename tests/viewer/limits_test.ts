import { assert, assertEquals } from "@std/assert";
import type { Connection } from "../../src/rfb/connection.ts";
import { ALL_RIGHTS } from "../../src/security/rights.ts";
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

Deno.test("an address has ten connections that have not logged in, and pushes out no other's", async () => {
  await using session = new Session();
  const others = [await idle(session, "192.0.2.50"), await idle(session, "192.0.2.51")];
  const flood: TestViewer[] = [];
  for (let i = 0; i < 100; i++) flood.push(await idle(session, "192.0.2.7"));
  assertEquals(await countClosed(others), 0);
  assertEquals(await countClosed(flood.slice(0, 90)), 90);
  assertEquals(await countClosed(flood.slice(90)), 0);
});

Deno.test("an IPv6 network counts as one address", async () => {
  await using session = new Session();
  const flood: TestViewer[] = [];
  for (let i = 1; i <= 20; i++) flood.push(await idle(session, `2001:db8::${i}`));
  assertEquals(await countClosed(flood), 10);
});

Deno.test("connections from this machine have a larger share, and no more than that", async () => {
  await using session = new Session();
  const others: TestViewer[] = [];
  for (let i = 0; i < 32; i++) others.push(await idle(session, `192.0.2.${100 + i}`));
  const flood: TestViewer[] = [];
  for (let i = 0; i < 40; i++) flood.push(await idle(session, i % 2 ? "127.0.0.1" : "::1"));
  assertEquals(await countClosed(flood), 8);
  assertEquals(await countClosed(others), 0);
});

Deno.test("when there are too many, the address with most of them gives one up", async () => {
  await using session = new Session();
  const single = await idle(session, "192.0.2.99");
  const many: TestViewer[] = [];
  for (let i = 0; i < 63; i++) many.push(await idle(session, `192.0.2.${10 + i % 7}`));
  const last = await idle(session, "192.0.2.100");
  assertEquals(await countClosed([single, last]), 0);
  assertEquals(await countClosed(many), 1);
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
