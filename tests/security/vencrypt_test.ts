import { assert, assertEquals, assertRejects } from "@std/assert";
import type { ConnectionOptions } from "node:tls";
import type { VeNCrypt } from "../../src/security/vencrypt.ts";
import { concat, u32 } from "../support/bytes.ts";
import { Session, turn } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { startTlsClient } from "../support/tls_client.ts";
import {
  chooseSubtype,
  PASSWORD,
  tellPlainly,
  vencrypt,
  vencryptLogin,
} from "../support/vencrypt.ts";
import { vncAuth } from "../support/vnc_auth.ts";

const all = () => vencrypt("X509Plain", "X509Vnc", "X509None");

/** A viewer that has chosen VeNCrypt, and said nothing more. */
async function chosen(session: Session): Promise<TestViewer> {
  const viewer = session.connect();
  await viewer.read(12);
  await viewer.send([...new TextEncoder().encode("RFB 003.008\n")]);
  assertEquals(await viewer.read(2), Uint8Array.of(1, 19));
  await viewer.write(19);
  return viewer;
}

/** One that has been offered subtypes, too. */
async function offered(session: Session): Promise<{ viewer: TestViewer; subtypes: number[] }> {
  const viewer = await chosen(session);
  assertEquals(await viewer.read(2), Uint8Array.of(0, 2));
  await viewer.write(0, 2);
  const [ack, count] = await viewer.read(2);
  assertEquals(ack, 0);
  const bytes = await viewer.read(count! * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { viewer, subtypes: Array.from({ length: count! }, (_, i) => view.getUint32(i * 4)) };
}

/** Whether everything sent comes out of the encryption as it went in. */
async function shows(session: Session, viewer: TestViewer): Promise<void> {
  session.desktop.paint({ x: 0, y: 0, width: 1, height: 1 }, 0xabcdef);
  await viewer.follow(() => viewer.picture.pixels[0] === 0xabcdef);
}

Deno.test("X509None lets in over TLS", async () => {
  await using session = new Session({ securityTypes: [all()] });
  await shows(session, await session.viewer(vencryptLogin(260)));
});

Deno.test("X509Vnc lets in who knows the password", async () => {
  await using session = new Session({ securityTypes: [all()] });
  await shows(session, await session.viewer(vencryptLogin(261, vncAuth(PASSWORD))));
  const wrong = session.connect().login(vencryptLogin(261, vncAuth("let me in")));
  await assertRejects(() => wrong, Error, "wrong password");
});

Deno.test("X509Plain lets in who knows the password, whatever the name", async () => {
  await using session = new Session({ securityTypes: [all()] });
  for (const name of ["", "somebody", "é".repeat(512)]) {
    const login = vencryptLogin(262, (viewer) => tellPlainly(viewer, name, PASSWORD));
    await shows(session, await session.viewer(login));
  }
  for (
    const password of ["", "let me in", `${PASSWORD} `, PASSWORD.slice(0, 4), "x".repeat(1024)]
  ) {
    const login = vencryptLogin(262, (viewer) => tellPlainly(viewer, "somebody", password));
    await assertRejects(() => session.connect().login(login), Error, "wrong password");
  }
});

for (const lengths of [[1025, 1], [1, 1025], [0xffffffff, 0xffffffff], [0, 0x80000000]]) {
  Deno.test(`a name and a password of ${lengths} bytes are not waited for`, async () => {
    await using session = new Session({ securityTypes: [all()] });
    const viewer = session.connect();
    const login = vencryptLogin(262, (each) => each.send(lengths.flatMap((each) => u32(each))));
    await assertRejects(() => viewer.login(login), Error, "closed");
    await session.untilLogged(
      `closed: a name of ${lengths[0]} bytes and a password of ${lengths[1]}`,
    );
  });
}

Deno.test("the subtypes come in the order of preference", async () => {
  await using session = new Session({ securityTypes: [vencrypt("X509None", "X509Plain")] });
  assertEquals((await offered(session)).subtypes, [260, 262]);
});

Deno.test("Plain is left out where somebody could read along", async () => {
  await using session = new Session({ securityTypes: [vencrypt("Plain", "X509Vnc")] });
  const { viewer, subtypes } = await offered(session);
  assertEquals(subtypes, [261]);
  await viewer.send(u32(256));
  await tellPlainly(viewer, "", PASSWORD);
  assertEquals(await viewer.read(4), Uint8Array.of(0, 0, 0, 1));
  await session.untilLogged("refused: VeNCrypt subtype 256 was not offered");
});

Deno.test("VeNCrypt is for connections that leave it a subtype", () => {
  const isFor = (type: VeNCrypt, isPrivate: boolean) =>
    type.isFor({ isPrivate } as Parameters<VeNCrypt["isFor"]>[0]);
  assert(!isFor(vencrypt("Plain"), false));
  assert(isFor(vencrypt("Plain"), true));
  assert(isFor(vencrypt("Plain", "X509None"), false));
  assert(!isFor(vencrypt(), true));
});

for (const id of [0, 1, 2, 19, 256, 257, 258, 259, 261, 0xffffffff]) {
  Deno.test(`subtype ${id} can't be chosen where it was not offered`, async () => {
    await using session = new Session({ securityTypes: [vencrypt("X509Plain", "X509None")] });
    const { viewer } = await offered(session);
    await viewer.send(u32(id));
    assertEquals((await viewer.read(1))[0], 0);
    await session.untilLogged(`refused: VeNCrypt subtype ${id} was not offered`);
    assert(!session.desktop.watched);
  });
}

for (const version of [[0, 0], [0, 1], [0, 3], [1, 2], [9, 9]]) {
  Deno.test(`version ${version.join(".")} is refused`, async () => {
    await using session = new Session({ securityTypes: [all()] });
    const viewer = await chosen(session);
    assertEquals(await viewer.read(2), Uint8Array.of(0, 2));
    await viewer.write(...version);
    assert((await viewer.read(1))[0] !== 0);
    assert(await viewer.closed());
    await session.untilLogged(`closed: VeNCrypt version ${version.join(".")}`);
  });
}

Deno.test("a byte ahead of the TLS hello closes the connection", async () => {
  await using session = new Session({ securityTypes: [all()] });
  const { viewer } = await offered(session);
  await viewer.send([...u32(260), 0x16]);
  assertEquals(await viewer.read(1), Uint8Array.of(1));
  assert(await viewer.closed());
  await session.untilLogged("closed: 1 bytes came before encryption began");
});

Deno.test("a whole login in plain text behind the choice of TLS opens nothing", async () => {
  await using session = new Session({ securityTypes: [all()] });
  const { viewer } = await offered(session);
  await viewer.send(u32(260));
  assertEquals(await viewer.read(1), Uint8Array.of(1));
  await viewer.write(1);
  await viewer.send([...new Array(100).fill(0)]);
  await session.untilLogged("closed: TLS: ");
  assert(!session.desktop.watched);
});

Deno.test("what doesn't come over TLS after it has begun closes the connection", async () => {
  await using session = new Session({ securityTypes: [all()] });
  const { viewer } = await offered(session);
  await viewer.send(u32(260));
  assertEquals(await viewer.read(1), Uint8Array.of(1));
  let plain!: (bytes: Uint8Array) => Promise<void>;
  await viewer.upgrade((stream) => {
    plain = (bytes) => stream.write(bytes);
    return startTlsClient(stream);
  });
  await viewer.read(4);
  await plain(new Uint8Array(40));
  await session.untilLogged("closed: TLS: ");
});

/** What a client sends first in TLS. */
async function clientHello(): Promise<Uint8Array> {
  const { promise, resolve } = Promise.withResolvers<Uint8Array>();
  const end = { read: () => new Promise<null>(() => {}), close: () => {} };
  startTlsClient({ ...end, write: (bytes) => Promise.resolve(resolve(bytes.slice())) }).catch(
    () => {},
  );
  return await promise;
}

Deno.test("a ClientHello with any byte of its first flipped leads nowhere", async () => {
  const hello = await clientHello();
  // The record's header, the message's, and the version: what follows is random, or a list.
  for (let at = 0; at < 11; at++) {
    await using session = new Session({ securityTypes: [all()] });
    const { viewer } = await offered(session);
    await viewer.send(u32(260));
    const tampered = hello.slice();
    tampered[at]! ^= 0xff;
    await viewer.send([...tampered]);
    // A length that grew is waited for, in vain.
    await turn();
    viewer.close();
    await session.untilLogged(": closed: ");
    await session.server.close();
    assert(!session.desktop.watched);
    assert(!session.logged("fault"), session.log.join("\n"));
  }
});

Deno.test("a connection that ends anywhere in VeNCrypt leaves nothing behind", async () => {
  await using session = new Session({ securityTypes: [all()] });
  const answers = concat(
    new TextEncoder().encode("RFB 003.008\n"),
    Uint8Array.of(19, 0, 2, ...u32(260)),
  );
  const hello = await clientHello();
  for (let length = 12; length <= answers.length; length++) {
    const viewer = session.connect();
    await viewer.send([...answers.subarray(0, length)]);
    viewer.close();
  }
  for (const length of [0, 1, 5, 100, hello.length]) {
    const { viewer } = await offered(session);
    await viewer.send(u32(260));
    assertEquals(await viewer.read(1), Uint8Array.of(1));
    await viewer.send([...hello.subarray(0, length)]);
    viewer.close();
  }
  await session.server.close();
  assert(!session.logged("fault"), session.log.join("\n"));
});

Deno.test("TLS 1.1 is refused, 1.2 and 1.3 are taken", async () => {
  await using session = new Session({ securityTypes: [all()] });
  const protocolOf = async (id: number, limits: ConnectionOptions) => {
    const { viewer } = await offered(session);
    await viewer.send(u32(id));
    await viewer.read(1);
    let protocol: string | null = null;
    await viewer.upgrade(async (stream) => {
      const tls = await startTlsClient(stream, limits);
      protocol = tls.socket.getProtocol();
      return tls;
    });
    return protocol;
  };
  assertEquals(await protocolOf(262, {}), "TLSv1.3");
  assertEquals(await protocolOf(262, { maxVersion: "TLSv1.2" }), "TLSv1.2");
  // TigerVNC's viewer up to 1.12 would not notice what vncd says first behind a handshake of TLS 1.3.
  for (const id of [260, 261]) assertEquals(await protocolOf(id, {}), "TLSv1.2");
  await assertRejects(() =>
    session.connect().login({
      securityType: 19,
      authenticate: (viewer) => chooseSubtype(viewer, 260, { maxVersion: "TLSv1.1" }),
    })
  );
});
