import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Accounts } from "../../../src/security/accounts/accounts.ts";
import { SharedPasswords } from "../../../src/security/accounts/shared_passwords.ts";
import { RsaAes } from "../../../src/security/rsa_aes.ts";
import { fingerprintOf } from "../../../src/security/rsa_aes/public_key.ts";
import { RSA_AES_VARIANTS } from "../../../src/security/rsa_aes/variant.ts";
import { OneAccount } from "../../support/security.ts";
import { NEW_TIGERVNC } from "../../support/suites.ts";
import { until } from "../../support/until.ts";
import { compileDrawnText } from "../support/drawn_text.ts";
import { GuardedPicture } from "../support/guarded_picture.ts";
import { changeByte, Middleman, type Side } from "../support/middleman.ts";
import { assertSees } from "../support/sees.ts";
import { tempDir } from "../support/temp_dir.ts";
import { SERVER_KEY, TigerVnc, type TigerVncOptions } from "../support/tigervnc.ts";

/** The types by TigerVNC's names. */
const TYPES = {
  RA2: RSA_AES_VARIANTS.ra2,
  RA2ne: RSA_AES_VARIANTS.ra2ne,
  RA2_256: RSA_AES_VARIANTS.ra2_256,
  RA2ne_256: RSA_AES_VARIANTS.ra2ne_256,
};
type TypeName = keyof typeof TYPES;
const TYPE_NAMES = Object.keys(TYPES) as TypeName[];

const username = "Zoë";
/** VNC Authentication would use its first eight bytes only. */
const password = "öffne dich, Sesam";

const newKey = (): KeyObject => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const KEY = newKey();

function serve(
  type: TypeName,
  accounts: Accounts = new OneAccount(username, password),
  key = KEY,
): GuardedPicture {
  return new GuardedPicture(accounts, (gate) => new RsaAes(TYPES[type], key, gate));
}

/** Starts a viewer that asks its person about the server. */
function start(options: TigerVncOptions): Promise<TigerVnc> {
  return TigerVnc.start({ command: NEW_TIGERVNC.command, ...options });
}

/** Starts a viewer whose person takes any server for the right one. */
async function startTrusting(options: TigerVncOptions): Promise<TigerVnc> {
  const viewer = await start(options);
  await viewer.answer(SERVER_KEY, "Return");
  return viewer;
}

type Login = Pick<TigerVncOptions, "security" | "username" | "password">;

async function assertComesIn(server: GuardedPicture, login: Login): Promise<void> {
  await using viewer = await startTrusting({ port: server.port, ...login, args: ["-NoJPEG"] });
  const shown = () => Promise.resolve(server.desktop.screen);
  await assertSees(() => viewer.look(), shown);
  server.repaint();
  await assertSees(() => viewer.look(), shown);
}

async function assertRefused(server: GuardedPicture, login: Login, why: string): Promise<void> {
  await using viewer = await startTrusting({ port: server.port, ...login });
  await viewer.program.ended();
  assertStringIncludes(viewer.program.output, `Authentication failed: ${why}`);
}

for (const security of TYPE_NAMES) {
  Deno.test(`TigerVNC's viewer logs in by ${security} and sees the screen exactly`, async (t) => {
    await t.step("with a password", async () => {
      const full = new TextEncoder().encode(password);
      await using server = serve(security, new SharedPasswords({ full }));
      await assertComesIn(server, { security, password });
      await assertRefused(server, { security, password: `${password}!` }, "wrong password");
    });
    await t.step("with a name and a password", async () => {
      const accounts = new OneAccount(username, password);
      await using server = serve(security, accounts);
      const wrong = "wrong name or password";
      await assertComesIn(server, { security, username, password });
      await assertRefused(server, { security, username, password: "öffne dich" }, wrong);
      await assertRefused(server, { security, username: "Zoe", password }, wrong);
      await assertRefused(server, { security, username: "", password }, wrong);
      assertEquals(accounts.asked, [
        ...[`${username}/${password}`, `${username}/öffne dich`, `Zoe/${password}`, `/${password}`],
      ]);
    });
  });
}

Deno.test("who listens on the line sees no password, and the session only with RA2ne", async (t) => {
  for (const security of TYPE_NAMES) {
    await t.step(security, async () => {
      await using server = serve(security);
      await using middleman = new Middleman(server.port);
      await using viewer = await startTrusting({
        port: middleman.port,
        security,
        username,
        password,
      });
      await viewer.window();
      assert(!middleman.sent.viewer.includes("Sesam"));
      assertEquals(middleman.sent.server.includes(server.title), security.startsWith("RA2ne"));
    });
  }
});

/** The fingerprint that a viewer asks its person about. */
async function shownFingerprint(viewer: TigerVnc): Promise<string> {
  const [, fingerprint] = await viewer.program.expect(/^Drawn: Fingerprint: (.+)$/m);
  return fingerprint!;
}

Deno.test("TigerVNC's viewer shows the fingerprint of the server's key, anew each time", async () => {
  await using drawnText = await compileDrawnText();
  // To the viewer it is the same server each time, and it may remember it.
  await using middleman = new Middleman();
  await using home = await tempDir();
  for (const key of [KEY, KEY, newKey()]) {
    await using server = serve("RA2_256", new OneAccount(username, password), key);
    middleman.target = server.port;
    await using viewer = await start({
      ...{ port: middleman.port, home: home.path, preload: drawnText.path },
      ...{ security: "RA2_256", username, password },
    });
    assertEquals(await shownFingerprint(viewer), fingerprintOf(key));
    await viewer.answer(SERVER_KEY, "Return");
    await viewer.window();
  }
});

Deno.test("TigerVNC's viewer tells nothing to a server that isn't the right one", async () => {
  const accounts = new OneAccount(username, password);
  await using server = serve("RA2_256", accounts);
  await using viewer = await start({ port: server.port, security: "RA2_256", username, password });
  await viewer.answer(SERVER_KEY, "Escape");
  await viewer.program.ended();
  assertStringIncludes(viewer.program.output, "Authentication cancelled");
  await until("the server notices", () => server.session.logged("gone (") || undefined);
  assertEquals(accounts.asked, []);
});

/** Bytes of an RSA-2048 public key, and of a random number encrypted with it, as they are sent. */
const [PUBLIC_KEY, RANDOM] = [4 + 2 * 256, 2 + 256];
/** Bytes that come before all these: the version, and the types on offer or the one chosen. */
const BEFORE = { server: 12 + 2, viewer: 12 + 1 } as const;

/** The messages of the exchange, and how many bytes come before each. */
function messagesOf(type: TypeName): Record<string, [Side, number]> {
  // The encrypted hash is SHA-1 or SHA-256.
  const hash = 2 + (type.endsWith("256") ? 32 : 20) + 16;
  return {
    "the server's random number": ["server", BEFORE.server + PUBLIC_KEY],
    "the viewer's hash": ["viewer", BEFORE.viewer + PUBLIC_KEY + RANDOM],
    "the viewer's credentials": ["viewer", BEFORE.viewer + PUBLIC_KEY + RANDOM + hash],
    ...type !== "RA2" ? {} : {
      "the server's key": ["server", BEFORE.server],
      "the server's hash": ["server", BEFORE.server + PUBLIC_KEY + RANDOM],
      "what the server asks for": ["server", BEFORE.server + PUBLIC_KEY + RANDOM + hash],
      "the viewer's key": ["viewer", BEFORE.viewer],
      "the viewer's random number": ["viewer", BEFORE.viewer + PUBLIC_KEY],
    },
  };
}

for (const security of TYPE_NAMES) {
  Deno.test(`TigerVNC's viewer doesn't get in by ${security} where a bit is changed on the way`, async (t) => {
    for (const [message, [side, start]] of Object.entries(messagesOf(security))) {
      await t.step(message, async () => {
        const accounts = new OneAccount(username, password);
        await using server = serve(security, accounts);
        // Behind the lengths that all of these begin with.
        await using middleman = new Middleman(server.port, changeByte(side, start + 8));
        await using viewer = await startTrusting({
          ...{ port: middleman.port, security, username, password },
        });
        await viewer.program.ended();
        assertEquals(accounts.asked, []);
      });
    }
  });
}
