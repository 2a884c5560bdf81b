import { assert, assertEquals, assertRejects } from "@std/assert";
import { patientGate } from "../support/gate.ts";
import { RsaAes } from "../../src/security/rsa_aes.ts";
import { RSA_AES_VARIANTS } from "../../src/security/rsa_aes/variant.ts";
import { SERVER_KEY, VIEWER_KEY } from "../security/rsa_aes/known_answers.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { RsaAesClient } from "../support/rsa_aes_client.ts";
import { OneAccount } from "../support/security.ts";
import { sees, Session, turn } from "../support/session.ts";
import { TestViewer } from "../support/test_viewer.ts";

/** A server that offers a security type, and a viewer that is to log in by it. */
function sessionOf(variant: keyof typeof RSA_AES_VARIANTS, accounts: OneAccount) {
  const type = new RsaAes(RSA_AES_VARIANTS[variant], SERVER_KEY, patientGate(accounts));
  const session = new Session({ securityTypes: [type] });
  const [server, client] = connectionPair();
  /** Everything that goes over the line. */
  const wire: Uint8Array[] = [];
  const served = session.server.serve({
    ...server,
    write: (bytes) => {
      wire.push(bytes.slice());
      return server.write(bytes);
    },
  });
  const stream = new RsaAesClient(client, VIEWER_KEY);
  const viewer = new TestViewer(stream);
  const login = (password: string, name?: string) =>
    viewer.login({
      securityType: type.id,
      authenticate: () => stream.authenticate(type.id, password, name),
    });
  return { session, served, stream, viewer, login, wire };
}

for (const variant of Object.keys(RSA_AES_VARIANTS) as (keyof typeof RSA_AES_VARIANTS)[]) {
  const { encryptsSession } = RSA_AES_VARIANTS[variant];

  Deno.test(`${variant}: a session, ${encryptsSession ? "encrypted" : "plain"}`, async () => {
    const accounts = new OneAccount("", "a password longer than 8 bytes");
    const { session, viewer, stream, login, wire } = sessionOf(variant, accounts);
    await using _ = session;
    await login("a password longer than 8 bytes");
    assertEquals([stream.subtype, accounts.asked.length], [2, 1]);
    assertEquals(viewer.name, "test");
    const line = new TextDecoder("latin1").decode(wire.at(-1));
    assertEquals(line.includes("test"), !encryptsSession, "the desktop's name on the line");

    await viewer.setEncodings(0);
    for (const colour of [0x123456, 0xabcdef]) {
      session.desktop.paint(session.desktop.screen.bounds, (x, y) => colour ^ x ^ y);
      await viewer.follow(() => sees(viewer, session.desktop));
    }
    await viewer.key(0x61, true);
    while (session.desktop.input.length === 0) await turn();
    viewer.close();
  });

  Deno.test(`${variant}: a wrong password is refused, with the reason`, async () => {
    const accounts = new OneAccount("", "secret");
    const { session, viewer, login } = sessionOf(variant, accounts);
    await using _ = session;
    await assertRejects(() => login("Secret"), Error, "wrong password");
    assert(await viewer.closed());
    await session.untilLogged("refused: wrong password");
    assertEquals(accounts.asked, ["/Secret"]);
  });

  Deno.test(`${variant}: a name and a password`, async () => {
    const accounts = new OneAccount("zoë", "pässword");
    const { session, viewer, stream, login } = sessionOf(variant, accounts);
    await using _ = session;
    await login("pässword", "zoë");
    assertEquals([stream.subtype, viewer.name], [1, "test"]);
    assertEquals(accounts.asked, ["zoë/pässword"]);
  });

  Deno.test(`${variant}: a right password with another name`, async () => {
    const accounts = new OneAccount("zoë", "pässword");
    const { session, login } = sessionOf(variant, accounts);
    await using _ = session;
    await assertRejects(() => login("pässword", "zoe"), Error, "wrong name or password");
  });
}

Deno.test("names and passwords of 255 bytes are told in full", async () => {
  const [name, password] = ["n".repeat(255), "ä".repeat(127) + "p"];
  const accounts = new OneAccount(name, password);
  const { session, login } = sessionOf("ra2", accounts);
  await using _ = session;
  await login(password, name);
  assertEquals(accounts.asked, [`${name}/${password}`]);
});
