import { assert, assertEquals, assertRejects } from "@std/assert";
import { AuthError, ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { patientGate } from "../support/gate.ts";
import { none } from "../../src/security/none.ts";
import { VIEW_ONLY } from "../../src/security/rights.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { Tight, TIGHT_AUTHENTICATION } from "../../src/security/tight.ts";
import { UnixLogin } from "../../src/security/unix_login.ts";
import { concat, u32 } from "../support/bytes.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { authenticate, OneAccount } from "../support/security.ts";
import { readTightOffer } from "../support/tight.ts";
import type { TestViewer } from "../support/test_viewer.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const [openConnection] = connectionPair();
const [privateConnection] = connectionPair(undefined, "127.0.0.1");

/** Lets in whoever chooses it, and says who that was. */
const token = (user: string, isFor?: SecurityType["isFor"]): SecurityType => ({
  id: 200,
  alwaysHasResult: true,
  isFor,
  authenticate: () => Promise.resolve({ user, rights: VIEW_ONLY }),
});
const never = token("nobody", () => false);

const { None, VncAuth, UnixLogin: Login, VeNCrypt } = TIGHT_AUTHENTICATION;
const three = new Tight([
  { capability: VeNCrypt, type: token("a") },
  { capability: VncAuth, type: token("b") },
  { capability: Login, type: token("c", ({ isPrivate }) => isPrivate) },
]);

const choose = (code: number) => async (viewer: TestViewer) => {
  await readTightOffer(viewer);
  await viewer.write(...u32(code));
};

Deno.test("the list has what is for this connection, in the order given", async () => {
  const offers: string[][] = [];
  for (const isPrivate of [true, false]) {
    await authenticate(three, async (viewer) => {
      offers.push(await readTightOffer(viewer));
      await viewer.write(...u32(2));
    }, isPrivate);
  }
  assertEquals(offers, [
    ["19 VENCVENCRYPT", "2 STDVVNCAUTH_", "129 TGHTULGNAUTH"],
    ["19 VENCVENCRYPT", "2 STDVVNCAUTH_"],
  ]);
});

Deno.test("what is chosen is done", async () => {
  for (const [code, user] of [[19, "a"], [2, "b"], [129, "c"]] as const) {
    assertEquals((await authenticate(three, choose(code), true)).user, user);
  }
});

Deno.test("a choice that is not in the list as it was sent opens nothing", async () => {
  for (const code of [0, 1, 3, 16, 20, 129, 130, 256 + 2, 2 << 24, -1, -2]) {
    await assertRejects(() => authenticate(three, choose(code)), AuthError, "was not offered");
  }
});

Deno.test("every byte of the choice counts", async () => {
  for (let bit = 0; bit < 32; bit++) {
    const code = (2 ^ 1 << bit) >>> 0;
    await assertRejects(() => authenticate(three, choose(code)), AuthError, "was not offered");
  }
});

Deno.test("None alone is an empty list, and nothing is awaited", async () => {
  const type = new Tight([
    { capability: Login, type: never },
    { capability: None, type: token("anybody") },
  ]);
  const { user } = await authenticate(type, async (viewer) => {
    assertEquals(await readTightOffer(viewer), []);
  });
  assertEquals(user, "anybody");
});

Deno.test("None beside another is in the list, and has to be chosen", async () => {
  const type = new Tight([
    { capability: VncAuth, type: token("b") },
    { capability: None, type: none },
  ]);
  await authenticate(type, async (viewer) => {
    assertEquals(await readTightOffer(viewer), ["2 STDVVNCAUTH_", "1 STDVNOAUTH__"]);
    await viewer.write(...u32(1));
  });
  await assertRejects(() => authenticate(type, async () => {}), ConnectionClosed);
});

Deno.test("where nothing is for the connection Tight isn't either, and lets nobody in", async () => {
  const type = new Tight([{ capability: Login, type: never }]);
  assert(!type.isFor(openConnection));
  assert(three.isFor(openConnection));
  await assertRejects(() => authenticate(type, async () => {}), AuthError);
});

function login() {
  const accounts = new OneAccount("zoë", "correct horse battery");
  return { accounts, type: new UnixLogin(patientGate(accounts)) };
}

const credentials = (name: string, password: string) => {
  const [first, second] = [utf8(name), utf8(password)];
  const lengths = [...u32(first.length), ...u32(second.length)];
  return concat(Uint8Array.from(lengths), first, second);
};
const send = (bytes: Uint8Array) => (viewer: TestViewer) => viewer.send([...bytes]);

Deno.test("Unix login: the right name and password, in full, and nothing else", async () => {
  const { type } = login();
  const right = send(credentials("zoë", "correct horse battery"));
  assertEquals((await authenticate(type, right)).user, "zoë");
  for (
    const [name, password] of [["zoë", "correct "], ["zoe", "correct horse battery"], ["", ""]]
  ) {
    const wrong = send(credentials(name!, password!));
    await assertRejects(() => authenticate(type, wrong), AuthError, "wrong name or password");
  }
});

Deno.test("Unix login is for connections only that nobody reads along", () => {
  const { type } = login();
  assert(type.isFor(privateConnection));
  assert(!type.isFor(openConnection));
});

Deno.test("Unix login: lengths that nobody's name has are refused before anything is read", async () => {
  const { type, accounts } = login();
  for (const [name, password] of [[1025, 1], [1, 1025], [2 ** 32 - 1, 0], [0, 2 ** 31]]) {
    const answer = send(Uint8Array.from([...u32(name!), ...u32(password!)]));
    await assertRejects(() => authenticate(type, answer), ProtocolError);
  }
  const longest = send(credentials("n".repeat(1024), "p".repeat(1024)));
  await assertRejects(() => authenticate(type, longest), AuthError);
  assertEquals(accounts.asked, [`${"n".repeat(1024)}/${"p".repeat(1024)}`]);
});

Deno.test("Unix login: an answer with any byte changed, or cut off anywhere, opens nothing", async () => {
  const { type, accounts } = login();
  const right = credentials("zoë", "correct horse battery");
  for (let at = 0; at < right.length; at++) {
    await assertRejects(() => authenticate(type, send(right.slice(0, at))), ConnectionClosed);
  }
  assertEquals(accounts.asked, []);
  for (let at = 0; at < right.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const wrong = right.slice();
      wrong[at]! ^= 1 << bit;
      await assertRejects(() => authenticate(type, send(wrong)));
    }
  }
});
