import { assert, assertEquals, assertRejects } from "@std/assert";
import { ALL_RIGHTS } from "../../src/security/rights.ts";
import type { Accounts } from "../../src/security/accounts/accounts.ts";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { Attempts } from "../../src/security/attempts/attempts.ts";
import { Gate } from "../../src/security/gate.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { VncAuth } from "../../src/security/vnc_auth.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { Session } from "../support/session.ts";
import { vncAuth } from "../support/vnc_auth.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const greeting = bytes("RFB 003.008\n");
const NEIGHBOUR = "192.0.2.99";

/** A session whose viewers need the password "secret", on a clock that only sleeping puts forward. */
function guarded(): { session: Session; slept: number[] } {
  const slept: number[] = [];
  let now = 0;
  const sleep = (milliseconds: number) => {
    slept.push(milliseconds);
    now += milliseconds;
    return Promise.resolve();
  };
  const attempts = new Attempts({ now: () => now, sleep });
  const gate = new Gate(new SharedPasswords({ full: bytes("secret") }), attempts);
  return { session: new Session({ securityTypes: [new VncAuth(gate)], gate }), slept };
}

async function login(session: Session, password: string, from?: string): Promise<string> {
  const viewer = session.connect(undefined, from);
  try {
    await viewer.login({ securityType: 2, authenticate: vncAuth(password) });
    return viewer.name;
  } catch (error) {
    return (error as Error).message;
  } finally {
    viewer.close();
  }
}

Deno.test("an address that guesses is locked out, and another one comes in", async () => {
  const { session, slept } = guarded();
  await using _ = session;
  const answers: string[] = [];
  for (let i = 0; i < 8; i++) answers.push(await login(session, `guess ${i}`));
  assertEquals(answers, [
    ...new Array(6).fill("wrong password"),
    ...new Array(2).fill("too many failed attempts: try again in 10 s"),
  ]);
  assertEquals(slept, [1000, 2000, 4000, 8000]);
  assertEquals(await login(session, "secret"), answers.at(-1));
  assertEquals(await login(session, "secret", NEIGHBOUR), "test");
  assert(!session.log.some((line) => /guess|secret/.test(line)), session.log.join("\n"));
  assert(session.logged("192.0.2.2:40000: refused: wrong password"));
});

Deno.test("who is locked out is told so before it is asked for a password", async () => {
  const { session } = guarded();
  await using _ = session;
  for (let i = 0; i < 6; i++) await login(session, "wrong");
  const viewer = session.connect();
  assertEquals((await viewer.read(12)).length, 12);
  await viewer.write(...greeting);
  const [types, ...length] = await viewer.read(5);
  assertEquals([types, ...length.slice(0, 3)], [0, 0, 0, 0]);
  const reason = new TextDecoder().decode(await viewer.read(length[3]!));
  assertEquals(reason, "too many failed attempts: try again in 10 s");
  assert(await viewer.closed());
});

Deno.test("health checks lock out nobody, however many", async () => {
  const { session, slept } = guarded();
  await using _ = session;
  for (let i = 0; i < 1000; i++) {
    const viewer = session.connect();
    await viewer.read(12);
    await viewer.write(...greeting);
    assertEquals(await viewer.read(2), Uint8Array.of(1, 2));
    if (i % 2 > 0) {
      await viewer.write(2);
      await viewer.read(16);
    }
    viewer.close();
  }
  assertEquals(await login(session, "secret"), "test");
  assertEquals(slept, []);
});

Deno.test("parallel guesses are no more than those one after the other", async () => {
  const { session } = guarded();
  await using _ = session;
  const viewers = Array.from({ length: 10 }, () => session.connect());
  const answers = await Promise.all(
    viewers.map((viewer) =>
      viewer.login({ securityType: 2, authenticate: vncAuth("wrong") })
        .catch((error: Error) => error.message)
    ),
  );
  assertEquals(answers.filter((answer) => answer === "wrong password").length, 6);
  assertEquals(await login(session, "secret", NEIGHBOUR), "test");
});

/** A security type that sends an account's name and password as they are. */
const plain = (gate: Gate): SecurityType => ({
  id: 200,
  alwaysHasResult: true,
  async authenticate({ source, connection }) {
    const [name, password] = [await source.readBytes(5), await source.readBytes(6)];
    return gate.enter(connection, new TextDecoder().decode(name), password);
  },
});

Deno.test("the log names the address and an account that there is, and nothing else that was typed", async () => {
  const accounts: Accounts = {
    hasNames: true,
    knows: (name) => name === "alice",
    check: (name, password) =>
      Promise.resolve(
        name === "alice" && new TextDecoder().decode(password) === "secret"
          ? ALL_RIGHTS
          : undefined,
      ),
    checkProof: () => undefined,
  };
  const log: string[] = [];
  const gate = new Gate(accounts, new Attempts(), { warn: (line) => log.push(line) });
  await using session = new Session({ securityTypes: [plain(gate)], gate });
  const send = (text: string) => ({
    securityType: 200,
    authenticate: async (viewer: { write(...bytes: number[]): Promise<void> }) =>
      await viewer.write(...bytes(text)),
  });
  await assertRejects(
    () => session.viewer(send("alicewr0ng!")),
    Error,
    "wrong name or password",
  );
  await assertRejects(() => session.viewer(send("s3cr3wr0ng!")));
  assertEquals((await session.viewer(send("alicesecret"))).name, "test");
  assertEquals(log, [
    '192.0.2.2:40000: wrong name or password for the account "alice"',
    "192.0.2.2:40000: wrong name or password for an unknown name",
  ]);
  assert(!/wr0ng|secret|s3cr3/.test(session.log.join()), session.log.join("\n"));
});

Deno.test("where names mean nothing, ever other names are no other accounts", async () => {
  const attempts = new Attempts({ sleep: () => Promise.resolve() });
  const gate = new Gate(new SharedPasswords({ full: bytes("secret") }), attempts);
  const [connection] = connectionPair();
  const answers: string[] = [];
  for (let i = 0; i < 7; i++) {
    const attempt = gate.enter(connection, `name ${i}`, bytes("wrong"));
    answers.push(await attempt.then(() => "in", (error: Error) => error.message));
  }
  assert(answers.at(-1)!.startsWith("too many failed attempts"));
});
