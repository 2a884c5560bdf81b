import { assert, assertEquals, assertRejects } from "@std/assert";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { AppleDh } from "../../src/security/apple_dh.ts";
import type { Gate } from "../../src/security/gate.ts";
import { patientGate } from "../support/gate.ts";
import { none } from "../../src/security/none.ts";
import { Plain } from "../../src/security/plain.ts";
import { SECURITY_PRESETS } from "../../src/security/policy.ts";
import { RsaAes } from "../../src/security/rsa_aes.ts";
import { fingerprintOf } from "../../src/security/rsa_aes/public_key.ts";
import { RSA_AES_VARIANTS } from "../../src/security/rsa_aes/variant.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { securityTypes } from "../../src/security/table.ts";
import { Tight, TIGHT_AUTHENTICATION } from "../../src/security/tight.ts";
import { UnixLogin } from "../../src/security/unix_login.ts";
import { VeNCrypt } from "../../src/security/vencrypt.ts";
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
  /** Where a changed bit keeps noVNC out: who sends it, and as which byte of all that it sends. */
  readonly changes?: readonly Change[];
}

type Change = readonly [from: "noVNC" | "vncd", place: number];

const right = { username: "zoe", password: "correct horse battery" };
const wrong = [{ ...right, username: "zoo" }, { ...right, password: "correct horse" }];
const reason = "wrong name or password";

/** A place in each of some messages that one side sends, by where these begin in all that it sends. */
const inEach = (from: Change[0], within: number, ...starts: readonly number[]): Change[] =>
  starts.map((start) => [from, start + within] as const);

/** What a security type's own part follows, where it alone is offered: the greeting, and list or choice. */
const BEFORE = { vncd: 12 + 2, noVNC: 12 + 1 } as const;

/** Behind the lengths: vncd's key of 1024 bits, noVNC's of 2048; random numbers; hashes; the last part. */
const RSA_AES_CHANGES = [
  ...inEach("vncd", BEFORE.vncd + 8, 0, 260, 260 + 258, 260 + 258 + 38),
  ...inEach("noVNC", BEFORE.noVNC + 8, 0, 516, 516 + 130, 516 + 130 + 38),
];
/** The prime and the public values; the name, and the password. */
const APPLE_CHANGES = [
  ...inEach("vncd", BEFORE.vncd + 4, 20, 256 + 20),
  ...inEach("noVNC", BEFORE.noVNC, 128 + 20, 0, 64),
];
/** The only capability's signature, by which noVNC goes; its choice. */
const TIGHT_CHANGES = [
  ...inEach("vncd", BEFORE.vncd + 8, 8),
  ...inEach("noVNC", BEFORE.noVNC, 3),
];
/** The challenge; the response. */
const TIGHT_VNC_CHANGES = [
  ...[...TIGHT_CHANGES, ...inEach("vncd", BEFORE.vncd + 8 + 16, 0, 15)],
  ...inEach("noVNC", BEFORE.noVNC + 4, 0, 15),
];
/** The name, and the password. */
const TIGHT_LOGIN_CHANGES = [...TIGHT_CHANGES, ...inEach("noVNC", BEFORE.noVNC + 4 + 8, 0, 3)];
/** The version, the answer to noVNC's, the only subtype; noVNC's choice, the name, and the password. */
const PLAIN_CHANGES = [
  ...inEach("vncd", BEFORE.vncd, 1, 2, 2 + 1 + 4),
  ...inEach("noVNC", BEFORE.noVNC + 2, 3, 4 + 8, 4 + 8 + 3),
];

const plain = (gate: Gate) => {
  const subtype = { id: 256, tls: false, authentication: new Plain(gate) };
  return new VeNCrypt([subtype], () => Promise.reject(new Error("no TLS here")));
};
const rsaAes = (gate: Gate) => new RsaAes(RSA_AES_VARIANTS.ra2ne, SERVER_KEY, gate);

const WAYS: Readonly<Record<string, Way>> = {
  "Apple DH": { type: new AppleDh(named), right, wrong, reason, changes: APPLE_CHANGES },
  "Apple DH, without names": {
    type: new AppleDh(unnamed),
    right: { username: "anybody", password: "open up" },
    wrong: [{ username: "anybody", password: "open" }],
    reason: "wrong password",
  },
  Plain: { type: plain(named), isPrivate: true, right, wrong, reason, changes: PLAIN_CHANGES },
  "Plain, without names": {
    type: plain(unnamed),
    isPrivate: true,
    right: { username: "anybody", password: "open up" },
    wrong: [{ username: "anybody", password: "open it" }],
    reason: "wrong password",
  },
  RA2ne: { type: rsaAes(named), right, wrong, reason, changes: RSA_AES_CHANGES },
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
    changes: TIGHT_VNC_CHANGES,
  },
  "Tight with Unix login": {
    type: new Tight([{ capability: Login, type: new UnixLogin(named) }]),
    isPrivate: true,
    right,
    wrong,
    reason,
    changes: TIGHT_LOGIN_CHANGES,
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

/** Changes one bit of what passes, where it is told to. */
class Line {
  readonly #passed = { noVNC: 0, vncd: 0 };
  readonly #change: Change | undefined;

  constructor(change: Change | undefined) {
    this.#change = change;
  }

  pass(from: Change[0], bytes: Uint8Array): Uint8Array {
    const passed = bytes.slice();
    const place = this.#change?.[0] === from ? this.#change[1] - this.#passed[from] : -1;
    if (place >= 0 && place < passed.length) passed[place]! ^= 1;
    this.#passed[from] += passed.length;
    return passed;
  }
}

/** Connects noVNC, and has it read until it is closed or gives up. */
function connect(
  session: Session,
  credentials: NoVncCredentials,
  isPrivate?: boolean,
  change?: Change,
) {
  const [server, client] = connectionPair(undefined, isPrivate ? "127.0.0.1" : undefined);
  session.server.serve(server);
  const line = new Line(change);
  const send = (bytes: Uint8Array) => void client.write(line.pass("noVNC", bytes)).catch(() => {});
  const viewer = new NoVnc(send, credentials);
  const read = async () => {
    for (let bytes = await client.read(); bytes !== null; bytes = await client.read()) {
      viewer.receive(line.pass("vncd", bytes));
    }
  };
  return { viewer, reading: read().finally(() => client.close()) };
}

for (
  const [name, { type, isPrivate, right, wrong, reason, changes = [] }] of Object.entries(WAYS)
) {
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

  for (const change of changes) {
    const [from, place] = change;
    Deno.test(`noVNC, ${name}: a bit changed in byte ${place} from ${from} keeps it out`, async () => {
      await using session = new Session({ securityTypes: [type] });
      const { viewer, reading } = connect(session, right, isPrivate, change);
      const ended = reading.then(() => true, () => true);
      while (!viewer.hasGivenUp && !(await Promise.race([ended, turn()]))) {
        assert(!session.logged("in control"));
      }
      await session.server.close();
      await ended;
      assert(!session.logged("in control") && !session.logged("fault"), session.log.join("\n"));
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

for (const names of [false, true]) {
  for (const isPrivate of [false, true]) {
    const situation = `${names ? "with" : "without"} names, ${
      isPrivate ? "on this machine" : "elsewhere"
    }`;
    Deno.test(`noVNC, ${situation}: of what vncd offers by default it takes RA2ne, and gets in`, async () => {
      const known = { names, longestPassword: names ? undefined : 7 };
      const means = { gate: names ? named : unnamed, rsaKey: SERVER_KEY, tls: undefined };
      const types = securityTypes(SECURITY_PRESETS.default(known), means);
      await using session = new Session({ securityTypes: types });
      const credentials = names ? right : { password: "open up" };
      const { viewer, reading } = connect(session, credentials, isPrivate);
      while (viewer.picture.width === 0) await Promise.race([turn(), reading]);
      assert(viewer.serverKey !== undefined);
      await session.server.close();
      await Promise.allSettled([reading]);
    });
  }
}
