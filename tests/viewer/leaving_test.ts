import { assert, assertEquals } from "@std/assert";
import type { Accounts } from "../../src/security/accounts/accounts.ts";
import { Attempts } from "../../src/security/attempts/attempts.ts";
import { Gate } from "../../src/security/gate.ts";
import { ALL_RIGHTS, type Rights } from "../../src/security/rights.ts";
import { everySecurityType } from "../support/before_login.ts";
import { patientGate } from "../support/gate.ts";
import { Session, turn } from "../support/session.ts";
import { tellPlainly, vencryptLogin } from "../support/vencrypt.ts";

/** Accounts that take their time: each check waits until the test answers it. */
class SlowAccounts implements Accounts {
  readonly hasNames = true;
  readonly knows = () => true;
  readonly checks: PromiseWithResolvers<Rights | undefined>[] = [];

  check(): Promise<Rights | undefined> {
    const check = Promise.withResolvers<Rights | undefined>();
    this.checks.push(check);
    return check.promise;
  }

  checkProof(): undefined {}
}

function open() {
  const accounts = new SlowAccounts();
  const gate = patientGate(accounts);
  return { accounts, session: new Session({ securityTypes: everySecurityType(gate), gate }) };
}

/** Closes a session, and fails where that takes longer than what is ready to be done. */
async function close(session: Session): Promise<void> {
  let isClosed = false;
  session[Symbol.asyncDispose]().then(() => isClosed = true);
  for (let i = 0; i < 1000 && !isClosed; i++) await turn();
  assert(isClosed, "the server waits for something");
}

const SUBTYPES = { plain: 256, x509plain: 262 };

for (const [name, id] of Object.entries(SUBTYPES)) {
  const login = vencryptLogin(id, (viewer) => tellPlainly(viewer, "ann", "secret"));

  for (const outcome of ["right", "wrong", "broken"]) {
    Deno.test(`${name}: who leaves while a password is checked that is ${outcome} leaves nothing behind`, async () => {
      const { accounts, session } = open();
      await using _ = session;
      const viewer = session.connect(undefined, "127.0.0.1");
      const left = viewer.login(login).catch((error) => error);
      while (accounts.checks.length < 1) await turn();
      viewer.close();
      await left;
      const [check] = accounts.checks;
      if (outcome === "broken") check!.reject(new Error("no PAM"));
      else check!.resolve(outcome === "right" ? ALL_RIGHTS : undefined);
      await session.untilLogged(outcome === "broken" ? "no PAM" : "127.0.0.1:40000: ");
      for (let i = 0; i < 10; i++) await turn();
      assert(!session.logged("in control"), session.log.join("\n"));

      const next = session.connect(undefined, "127.0.0.1");
      const entered = next.login(login);
      while (accounts.checks.length < 2) await turn();
      accounts.checks[1]!.resolve(ALL_RIGHTS);
      await entered;
      assertEquals(next.name, "test");
    });
  }

  Deno.test(`${name}: closing the server doesn't wait for a password that is being checked`, async () => {
    const { accounts, session } = open();
    const viewer = session.connect(undefined, "127.0.0.1");
    const left = viewer.login(login).catch((error) => error);
    while (accounts.checks.length < 1) await turn();
    await close(session);
    accounts.checks[0]!.resolve(ALL_RIGHTS);
    assert(await left instanceof Error);
    for (let i = 0; i < 10; i++) await turn();
    assert(!session.logged("in control") && !session.logged("fault"), session.log.join("\n"));
  });
}

Deno.test("closing the server doesn't wait for guesses that are slowed down", async () => {
  const sleeping: unknown[] = [];
  const attempts = new Attempts({ sleep: () => new Promise((wake) => sleeping.push(wake)) });
  const accounts: Accounts = {
    hasNames: true,
    knows: () => true,
    check: () => Promise.resolve(undefined),
    checkProof: () => undefined,
  };
  const gate = new Gate(accounts, attempts);
  const session = new Session({ securityTypes: everySecurityType(gate), gate });
  const login = vencryptLogin(256, (viewer) => tellPlainly(viewer, "ann", "guess"));
  const answers = Array.from(
    { length: 3 },
    () => session.connect(undefined, "127.0.0.1").login(login).catch((error) => error),
  );
  while (sleeping.length < 1) await turn();
  await close(session);
  assertEquals((await Promise.all(answers)).length, 3);
});
