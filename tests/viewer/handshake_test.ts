import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Passwords } from "../../src/security/accounts/password_file.ts";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { patientGate } from "../support/gate.ts";
import { VncAuth } from "../../src/security/vnc_auth.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { Session } from "../support/session.ts";
import { vncAuth } from "../support/vnc_auth.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const passwords = { full: bytes("secret"), viewOnly: bytes("lookonly") };
const withPasswords = (known: Passwords) => new VncAuth(patientGate(new SharedPasswords(known)));
const securityTypes = [withPasswords(passwords)];

for (const version of ["003.003", "003.005", "003.007", "003.008", "003.889", "005.000"]) {
  Deno.test(`version ${version}: None`, async () => {
    await using session = new Session();
    const viewer = await session.viewer({ version });
    assertEquals(viewer.name, "test");
    assertEquals([viewer.picture.width, viewer.picture.height], [64, 48]);
  });

  Deno.test(`version ${version}: VNC Authentication with the right password`, async () => {
    await using session = new Session({ securityTypes });
    const authenticate = vncAuth("secret");
    const viewer = await session.viewer({ version, securityType: 2, authenticate });
    assertEquals(viewer.name, "test");
    await session.untilLogged("in control");
  });

  Deno.test(`version ${version}: VNC Authentication with a wrong password`, async () => {
    await using session = new Session({ securityTypes });
    const viewer = session.connect();
    const reason = Number(version.replace(".", "")) >= 3008 ? "wrong password" : "refused";
    const login = { version, securityType: 2, authenticate: vncAuth("Secret") };
    await assertRejects(() => viewer.login(login), Error, reason);
    assert(await viewer.closed());
    await session.untilLogged("refused: wrong password");
    assert(!session.desktop.watched);
  });
}

Deno.test("only the first 8 bytes of a password count, as the specification wants", async () => {
  await using session = new Session({
    securityTypes: [withPasswords({ full: bytes("longpassword") })],
  });
  const viewer = session.viewer({ securityType: 2, authenticate: vncAuth("longpassXXX") });
  assertEquals((await viewer).name, "test");
});

Deno.test("an empty answer opens nothing where there is no view-only password", async () => {
  await using session = new Session({ securityTypes: [withPasswords({ full: bytes("secret") })] });
  const viewer = session.connect();
  const login = { securityType: 2, authenticate: vncAuth("") };
  await assertRejects(() => viewer.login(login), Error, "wrong password");
});

Deno.test("no two challenges are equal", async () => {
  await using session = new Session({ securityTypes });
  const challenges = new Set<string>();
  for (let i = 0; i < 20; i++) {
    const viewer = session.connect();
    await viewer.read(12);
    await viewer.write(...bytes("RFB 003.008\n"));
    assertEquals(await viewer.read(2), Uint8Array.of(1, 2));
    await viewer.write(2);
    challenges.add((await viewer.read(16)).join());
    viewer.close();
  }
  assertEquals(challenges.size, 20);
});

Deno.test("the view-only password lets look, and nothing else", async () => {
  await using session = new Session({ securityTypes });
  const authenticate = vncAuth("lookonly");
  const viewer = await session.viewer({ securityType: 2, authenticate });
  await viewer.key(0x61, true);
  await viewer.pointer(1, 1, 1);
  await viewer.cutText("x");
  session.desktop.paint({ x: 0, y: 0, width: 1, height: 1 }, 0xffffff);
  await viewer.follow(() => viewer.picture.pixels[0] === 0xffffff);
  assertEquals(session.desktop.input, []);
  session.desktop.events.clipboard({ text: "a secret" });
  session.desktop.events.bell();
  assertEquals(await viewer.event(), { type: "bell" });
});

for (const chosen of [0, 1, 3, 16, 255]) {
  Deno.test(`security type ${chosen} can't be chosen where it was not offered`, async () => {
    await using session = new Session({ securityTypes });
    const viewer = session.connect();
    await viewer.read(12);
    await viewer.write(...bytes("RFB 003.008\n"));
    assertEquals(await viewer.read(2), Uint8Array.of(1, 2));
    await viewer.write(chosen, 1);
    assertEquals((await viewer.read(4))[3], 1);
    await session.untilLogged("was not offered");
  });
}

Deno.test("a greeting that is none closes the connection", async () => {
  await using session = new Session();
  const viewer = session.connect();
  await viewer.read(12);
  await viewer.write(...bytes("GET / HTTP/1.1\r\n"));
  assert(await viewer.closed());
  await session.untilLogged("closed: the greeting is not an RFB version");
});

Deno.test("a connection that ends anywhere in the handshake leaves nothing behind", async () => {
  await using session = new Session({ securityTypes });
  const answers = [...bytes("RFB 003.008\n"), 2, ...new Array(16).fill(0)];
  for (let length = 0; length < answers.length; length++) {
    const viewer = session.connect();
    await viewer.write(...answers.slice(0, length));
    viewer.close();
  }
  await session.server.close();
  assert(!session.desktop.watched);
  assert(!session.logged("fault"));
});

Deno.test("too many viewers: the next one is told why", async () => {
  await using session = new Session({ maxViewers: 2 });
  await session.viewer();
  const second = await session.viewer();
  for (const version of ["003.003", "003.007", "003.008"]) {
    const third = session.connect();
    await assertRejects(() => third.login({ version }), Error, "too many viewers");
    assert(await third.closed());
  }
  second.close();
  await session.untilLogged("gone");
  assertEquals((await session.viewer()).name, "test");
});

Deno.test("connections that don't log in keep nobody out: the oldest has to go", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  const idle: TestViewer[] = [];
  for (let i = 0; i < 64; i++) {
    const connection = session.connect();
    await connection.read(12);
    idle.push(connection);
  }
  assertEquals((await session.viewer()).name, "test");
  assert(await idle[0]!.closed());
  await viewer.request(false);
  await viewer.update();
});
