import { assertEquals, assertRejects } from "@std/assert";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { AppleDh } from "../../src/security/apple_dh.ts";
import type { Gate } from "../../src/security/gate.ts";
import { patientGate } from "../support/gate.ts";
import { none } from "../../src/security/none.ts";
import { RsaAes } from "../../src/security/rsa_aes.ts";
import { fingerprintOf } from "../../src/security/rsa_aes/public_key.ts";
import { RSA_AES_VARIANTS } from "../../src/security/rsa_aes/variant.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { Tight, TIGHT_AUTHENTICATION } from "../../src/security/tight.ts";
import { UnixLogin } from "../../src/security/unix_login.ts";
import { VncAuth } from "../../src/security/vnc_auth.ts";
import { SERVER_KEY } from "../security/rsa_aes/known_answers.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { NoVnc, type NoVncCredentials } from "../support/novnc/novnc.ts";
import { OneAccount } from "../support/security.ts";
import { Session, turn } from "../support/session.ts";

// In ASCII: for Unix login noVNC sends other letters in Latin-1.
const named = patientGate(new OneAccount("zoe", "correct horse battery"));
const unnamed = patientGate(new SharedPasswords({ full: new TextEncoder().encode("open up") }));
const { None, VncAuth: Vnc, UnixLogin: Login } = TIGHT_AUTHENTICATION;

/** A way in, what opens it, and what doesn't. */
interface Way {
  readonly type: SecurityType;
  readonly isPrivate?: boolean;
  readonly right: NoVncCredentials;
  readonly wrong: readonly NoVncCredentials[];
  readonly reason?: string;
}

const right = { username: "zoe", password: "correct horse battery" };
const wrong = [{ ...right, username: "zoo" }, { ...right, password: "correct horse" }];
const reason = "wrong name or password";

const rsaAes = (gate: Gate) => new RsaAes(RSA_AES_VARIANTS.ra2ne, SERVER_KEY, gate);

const WAYS: Readonly<Record<string, Way>> = {
  "Apple DH": { type: new AppleDh(named), right, wrong, reason },
  "Apple DH, without names": {
    type: new AppleDh(unnamed),
    right: { username: "anybody", password: "open up" },
    wrong: [{ username: "anybody", password: "open" }],
    reason: "wrong password",
  },
  RA2ne: { type: rsaAes(named), right, wrong, reason },
  "RA2ne, without names": {
    type: rsaAes(unnamed),
    right: { password: "open up" },
    wrong: [{ password: "open it" }],
    reason: "wrong password",
  },
  "Tight with VNC Authentication": {
    type: new Tight([{ capability: Vnc, type: new VncAuth(unnamed) }]),
    right: { password: "open up" },
    wrong: [{ password: "open it" }],
    reason: "wrong password",
  },
  "Tight with Unix login": {
    type: new Tight([{ capability: Login, type: new UnixLogin(named) }]),
    isPrivate: true,
    right,
    wrong,
    reason,
  },
  "Tight with None": {
    type: new Tight([{ capability: None, type: none }]),
    right: {},
    wrong: [],
  },
  "Tight with None beside another": {
    type: new Tight([{ capability: Vnc, type: new VncAuth(unnamed) }, {
      capability: None,
      type: none,
    }]),
    right: {},
    wrong: [],
  },
};

/** Connects noVNC, and has it read until it is closed or gives up. */
function connect(session: Session, credentials: NoVncCredentials, isPrivate?: boolean) {
  const [server, client] = connectionPair(undefined, isPrivate ? "127.0.0.1" : undefined);
  session.server.serve(server);
  const viewer = new NoVnc((bytes) => void client.write(bytes), credentials);
  const read = async () => {
    for (let bytes = await client.read(); bytes !== null; bytes = await client.read()) {
      viewer.receive(bytes);
    }
  };
  return { viewer, reading: read().finally(() => client.close()) };
}

for (const [name, { type, isPrivate, right, wrong, reason }] of Object.entries(WAYS)) {
  Deno.test(`noVNC, ${name}: pictures follow`, async () => {
    await using session = new Session({ securityTypes: [type] });
    const { screen } = session.desktop;
    session.desktop.paint(screen.bounds, (x, y) => x * 0x30000 + y * 0x400);
    const { viewer, reading } = connect(session, right, isPrivate);
    while (viewer.picture.pixels.join() !== screen.pixels.join()) {
      await Promise.race([turn(), reading]);
    }
    await session.server.close();
    await Promise.allSettled([reading]);
  });

  for (const credentials of wrong) {
    const known = Object.values(credentials).join("/");
    Deno.test(`noVNC, ${name}: ${known} is refused`, async () => {
      await using session = new Session({ securityTypes: [type] });
      const { viewer, reading } = connect(session, credentials, isPrivate);
      await assertRejects(() => reading, Error, "noVNC gives up");
      assertEquals(viewer.refusal, reason);
    });
  }
}

Deno.test("noVNC, RA2ne: the fingerprint to compare is the one that noVNC's page shows", async () => {
  await using session = new Session({ securityTypes: [rsaAes(unnamed)] });
  const { viewer, reading } = connect(session, {});
  while (viewer.serverKey === undefined) await Promise.race([turn(), reading]);
  // What the page does with the key.
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", viewer.serverKey));
  const shown = Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0"));
  assertEquals(fingerprintOf(SERVER_KEY), shown.join("-"));
  await session.server.close();
  await Promise.allSettled([reading]);
});
