import { assert, assertEquals, assertRejects } from "@std/assert";
import { ENCODING, PSEUDO_ENCODING } from "../../src/encodings/ids.ts";
import { none } from "../../src/security/none.ts";
import { ALL_RIGHTS } from "../../src/security/rights.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { Tight, TIGHT_AUTHENTICATION } from "../../src/security/tight.ts";
import { AuthError } from "../../src/rfb/errors.ts";
import { u32 } from "../support/bytes.ts";
import { ENCODERS } from "../support/encoders.ts";
import { sees, Session, turn } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { readTightOffer } from "../support/tight.ts";
import { chooseSubtype, PASSWORD, tellPlainly, vencrypt } from "../support/vencrypt.ts";

/** The capabilities that the specification has for encodings. */
const REGISTERED = new Map([
  [0, "STDVRAW_____"],
  [1, "STDVCOPYRECT"],
  [2, "STDVRRE_____"],
  [4, "STDVCORRE___"],
  [5, "STDVHEXTILE_"],
  [6, "TRDVZLIB____"],
  [7, "TGHTTIGHT___"],
  [8, "TRDVZLIBHEX_"],
  [-32, "TGHTJPEGQLVL"],
  [-223, "TGHTNEWFBSIZ"],
  [-224, "TGHTLASTRECT"],
  [-232, "TGHTPOINTPOS"],
  [-239, "TGHTRCHCURSR"],
  [-240, "TGHTX11CURSR"],
  [-256, "TGHTCOMPRLVL"],
  [-305, "GGI_GII_____"],
  [-512, "TRBOFINEQLVL"],
  [-768, "TRBOSSAMPLVL"],
]);

/** Reads one byte and lets in who sends a 1. */
const oneByte: SecurityType = {
  id: 200,
  alwaysHasResult: true,
  async authenticate({ source }) {
    if ((await source.read(1)).getUint8(0) !== 1) throw new AuthError("that was no 1");
    return { rights: ALL_RIGHTS };
  },
};

const { None, VeNCrypt, VncAuth } = TIGHT_AUTHENTICATION;
const [nobody, somebody, both] = [
  [{ capability: None, type: none }],
  [{ capability: VncAuth, type: oneByte }],
  [{ capability: VncAuth, type: oneByte }, { capability: None, type: none }],
].map((types) => ({ securityTypes: [new Tight(types)] }));

/** Takes the offer, then sends these bytes. */
const answer = (...bytes: number[]) => async (viewer: TestViewer) => {
  await readTightOffer(viewer);
  await viewer.write(...bytes);
};

Deno.test("ServerInit ends in what vncd knows, of all that is registered", async () => {
  await using session = new Session(nobody);
  const { interaction } = await session.viewer({ securityType: 16, authenticate: answer() });
  const known = new Set<number>([
    ...[...ENCODERS.keys(), ENCODING.CopyRect],
    ...Object.values(PSEUDO_ENCODING),
  ]);
  const expected = [...REGISTERED].filter(([code]) => known.has(code));
  assertEquals(
    interaction?.encodings.toSorted(),
    expected.map(([code, name]) => `${code} ${name}`).sort(),
  );
  assertEquals(interaction?.serverMessages, ["150 TGHTCUS_EOCU"]);
  assertEquals(interaction?.clientMessages, ["150 TGHTCUC_ENCU"]);
});

const LOGINS = [
  { what: "None, as the list is empty", options: nobody, bytes: [], hasResult: false },
  { what: "None, by choice", options: both, bytes: u32(1), hasResult: false },
  { what: "another one", options: both, bytes: [...u32(2), 1], hasResult: true },
];

for (const { what, options, bytes, hasResult } of LOGINS) {
  for (const version of ["003.007", "003.008"]) {
    Deno.test(`version ${version}, ${what}: pictures follow`, async () => {
      await using session = new Session(options);
      const viewer = await session.viewer({
        ...{ version, securityType: 16, authenticate: answer(...bytes) },
        hasResult: hasResult || version === "003.008",
      });
      assertEquals(viewer.name, "test");
      session.desktop.paint({ x: 3, y: 4, width: 20, height: 10 }, 0x123456);
      await viewer.follow(() => sees(viewer, session.desktop));
    });
  }
}

// TurboVNC's viewer takes Tight wherever it is on offer, and looks for VeNCrypt in there only.
Deno.test("VeNCrypt inside of Tight: what comes behind it is encrypted, the lists too", async () => {
  const types = [{ capability: VeNCrypt, type: vencrypt("X509Plain") }];
  await using session = new Session({ securityTypes: [new Tight(types)] });
  const login = (password: string) => ({
    securityType: 16,
    async authenticate(viewer: TestViewer) {
      assertEquals(await readTightOffer(viewer), ["19 VENCVENCRYPT"]);
      await viewer.write(...u32(19));
      await chooseSubtype(viewer, 262);
      await tellPlainly(viewer, "", password);
    },
  });
  const viewer = await session.viewer(login(PASSWORD));
  assertEquals(viewer.interaction?.serverMessages.length, 1);
  await viewer.follow(() => sees(viewer, session.desktop));
  await assertRejects(() => session.viewer(login("let me in")), Error, "wrong password");
});

Deno.test("who is refused inside of Tight is told why", async () => {
  await using session = new Session(somebody);
  for (const [bytes, reason] of [[[...u32(2), 0], "no 1"], [u32(1), "not offered"]] as const) {
    const login = { securityType: 16, authenticate: answer(...bytes) };
    await assertRejects(() => session.viewer(login), Error, reason);
    const old = { ...login, version: "003.007" };
    await assertRejects(() => session.viewer(old), Error, "refused");
  }
});

Deno.test("a handshake that ends anywhere, or has any bit changed, is no fault of vncd", async () => {
  await using session = new Session(both);
  const bytes = [...new TextEncoder().encode("RFB 003.008\n"), 16, ...u32(2), 1, 1];
  const say = async (said: number[]) => {
    const viewer = session.connect();
    await viewer.send(said);
    // All that vncd has to say to it is said then.
    await turn();
    viewer.close();
  };
  for (let length = 0; length < bytes.length; length++) await say(bytes.slice(0, length));
  for (let bit = 0; bit < 8 * (bytes.length - 1); bit++) {
    await say(bytes.with(bit >> 3, bytes[bit >> 3]! ^ 1 << bit % 8));
  }
  assert(session.logged("authentication 3 was not offered"));
  assert(session.logged("that was no 1"));
  await session.server.close();
  assert(!session.logged("fault"), session.log.join("\n"));
});

Deno.test("continuous updates, known by Tight alone, come without requests and end", async () => {
  await using session = new Session(nobody);
  const viewer = await session.viewer({ securityType: 16, authenticate: answer() });
  await viewer.write(150, 1, 0, 0, 0, 0, 255, 255, 255, 255);
  for (let i = 1; i <= 5; i++) {
    session.desktop.paint({ x: i, y: 4, width: 20, height: 10 }, 0x10203 * i);
    while (!sees(viewer, session.desktop)) await viewer.receive();
  }
  await viewer.write(150, 0, 0, 0, 0, 0, 255, 255, 255, 255);
  assertEquals(await viewer.event(), { type: "endOfContinuousUpdates" });
});
