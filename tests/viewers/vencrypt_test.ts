import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { patientGate } from "../support/gate.ts";
import { ServerCertificate } from "../../src/security/keys/tls_identity.ts";
import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import type { SecurityType } from "../../src/security/security_type.ts";
import { VncAuth } from "../../src/security/vnc_auth.ts";
import { until } from "../support/until.ts";
import { certificate, PASSWORD, SUBTYPES, vencrypt } from "../support/vencrypt.ts";
import { gvnccapture, GVncViewer } from "./support/gtkvnc.ts";
import { LocalServer } from "./support/local_server.ts";
import { changeByte, type Meddling, Middleman } from "./support/middleman.ts";
import { TigerVnc, UNKNOWN_ISSUER } from "./support/tigervnc.ts";
import { changeRecord } from "./support/tls_records.ts";
import { type Running, trustingGvnccapture, trustingTigerVnc } from "./support/trusting.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

const vncAuth = new VncAuth(
  patientGate(new SharedPasswords({ full: new TextEncoder().encode(PASSWORD) })),
);

/** VeNCrypt and VNC Authentication, either of them first. */
const ORDERS = [
  ["VeNCrypt", [vencrypt("X509Plain", "X509Vnc"), vncAuth]],
  ["VNC Authentication", [vncAuth, vencrypt("X509Plain", "X509Vnc")]],
] as const;

const isLetIn = (server: LocalServer) =>
  until("the viewer is let in", () => server.log.includes("in control") || undefined);

const trusted = certificate.toString();
/** What TigerVNC's viewer is told. */
const known = { username: "me", password: PASSWORD };
const onlyTls = (version: string) => `-GnuTLSPriority=NORMAL:-VERS-ALL:+VERS-TLS${version}`;

/** The subtypes with the versions of TLS that they begin with. */
const VERSIONS = { X509None: ["1.2"], X509Vnc: ["1.2"], X509Plain: ["1.2", "1.3"] } as const;
const NAMES = Object.keys(VERSIONS) as (keyof typeof VERSIONS)[];

for (const security of NAMES) {
  for (const version of VERSIONS[security]) {
    Deno.test(`TigerVNC's viewer gets in by ${security} over TLS ${version}`, async () => {
      await using server = new LocalServer([vencrypt("X509Plain", "X509Vnc", "X509None")]);
      const options = { port: server.port, ...known, security, args: [onlyTls(version)] };
      await using viewer = await trustingTigerVnc(trusted, options);
      await isLetIn(server);
      assertStringIncludes(viewer.program.output, `(TLS${version})`);
    });
  }

  Deno.test(`TigerVNC's viewer gets in by ${security} when its person has thought about it`, async () => {
    await using server = new LocalServer([vencrypt(security)]);
    await using viewer = await TigerVnc.start({ port: server.port, ...known, security });
    await viewer.shows(UNKNOWN_ISSUER);
    // It is stuck, where it is, when all that comes unasked has come: after 0.2 to 0.3 seconds.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await viewer.answer(UNKNOWN_ISSUER, "Return");
    await isLetIn(server);
  });
}

for (const name of ["X509Vnc", "X509Plain"] as const) {
  Deno.test(`TigerVNC's viewer says why a wrong password is refused by ${name}`, async () => {
    await using server = new LocalServer([vencrypt(name)]);
    const options = { port: server.port, username: "me", password: "let me in", security: name };
    await using viewer = await trustingTigerVnc(trusted, options);
    await viewer.program.ended();
    assertStringIncludes(viewer.program.output, "Authentication failure: wrong password");
  });
}

Deno.test("TigerVNC's viewer asks about another certificate, by its public key", async () => {
  await using server = new LocalServer([vencrypt("X509Vnc")]);
  const key = makeCertificateKey();
  const other = await makeCertificate(key, { hostname: "other", addresses: [] }, Date.now());
  const options = { port: server.port, password: PASSWORD, security: "X509Vnc" };
  await using viewer = await trustingTigerVnc(other.toString(), options);
  const { program } = viewer;
  await program.expect(/signer not found/);
  const [, pin] = await program.expect(/pin-sha256="(.+?)"/);
  const anyKey = makeCertificateKey();
  assertEquals(pin, new ServerCertificate([certificate], anyKey).fingerprints.publicKey);
  assert(!server.log.includes("in control"));
});

for (const [first, types] of ORDERS) {
  Deno.test(`${first} first: TigerVNC's viewer takes it`, async () => {
    await using server = new LocalServer(types);
    const options = { port: server.port, ...known, security: "VncAuth,X509Plain,X509Vnc" };
    await using viewer = await trustingTigerVnc(trusted, options);
    await isLetIn(server);
    const chosen = first === "VeNCrypt" ? "X509Plain (262)" : "VncAuth(2)";
    assertStringIncludes(viewer.program.output, `Choosing security type ${chosen}`);
  });

  Deno.test(`${first} first: libvncclient takes it, without TLS if it asks nobody`, async () => {
    await using server = new LocalServer(types);
    await using vncget = await compileVncget();
    const options = { port: server.port, password: PASSWORD, encodings: "raw" };
    await using viewer = await Vncget.start(vncget, options);
    if (first === "VeNCrypt") {
      await viewer.program.ended();
      assertStringIncludes(server.log, "gone (closed inside the TLS handshake, ");
    } else {
      await isLetIn(server);
    }
  });

  Deno.test(`${first} first: gtk-vnc takes VeNCrypt, and no unknown certificate`, async () => {
    await using capture = new LocalServer(types);
    await assertRejects(() => gvnccapture(capture.port, PASSWORD), Error, "Unable to connect");
    await using server = new LocalServer(types);
    await using _ = await GVncViewer.start(server.port);
    await until("it goes", () => server.log.includes("gone (") || undefined);
    assert(!server.log.includes("in control") && !capture.log.includes("in control"));
  });
}

/** What gvnccapture asks for. */
const ASKED = { X509None: [], X509Vnc: ["password"], X509Plain: ["name", "password"] } as const;

const answersFor = (name: keyof typeof ASKED, password: string) =>
  ASKED[name].map((what) => what === "name" ? "me" : password);

for (const name of NAMES) {
  Deno.test(`gtk-vnc gets in by ${name}, where it knows the certificate`, async () => {
    await using server = new LocalServer([vencrypt(name), vncAuth]);
    await using viewer = await trustingGvnccapture(
      ...[server.port, trusted, answersFor(name, PASSWORD)] as const,
    );
    await viewer.program.expect(/Saved display to/);
  });
}

for (const name of ["X509Vnc", "X509Plain"] as const) {
  Deno.test(`gtk-vnc is refused by ${name} with a wrong password`, async () => {
    await using server = new LocalServer([vencrypt(name), vncAuth]);
    await using viewer = await trustingGvnccapture(
      ...[server.port, trusted, answersFor(name, "let me in")] as const,
    );
    await viewer.program.expect(/Unable to connect/);
    assertStringIncludes(server.log, "refused: wrong password");
  });
}

/** What each side sends before TLS, where one type with one subtype is offered. */
const BEFORE_TLS = { server: 12 + 2 + 2 + 1 + 5 + 1, viewer: 12 + 1 + 2 + 4 } as const;

/** Bytes of TLS records: the number of the record, and of the byte in it. */
const PLACES: readonly [where: string, record: number, place: number][] = [
  ["the type of the first record", 0, 0],
  ["the hello's random number", 0, 20],
  ["what the keys must fit", 3, 5],
];

/** Handshakes with a bit changed on the way, by what that does; the choice is of one subtype. */
function* tampered(): Generator<[name: string, meddle: Meddling]> {
  for (const side of ["viewer", "server"] as const) {
    for (const [where, record, place] of PLACES) {
      yield [
        `${side}: ${where}`,
        changeRecord(side, BEFORE_TLS[side], record, place),
      ];
    }
  }
  yield ["the answer to the version", changeByte("server", 12 + 2 + 2)];
  yield ["the answer to the choice", changeByte("server", 12 + 2 + 2 + 1 + 5)];
}

/** Lets somebody come through a meddling middleman, and sees that nobody gets in. */
async function assertStopped(
  types: readonly SecurityType[],
  meddle: Meddling,
  come: (port: number) => Promise<Running>,
): Promise<LocalServer["log"]> {
  await using server = new LocalServer(types);
  await using middleman = new Middleman(server.port, meddle);
  await using viewer = await come(middleman.port);
  await viewer.program.ended();
  await until("it is over", () => /gone|closed|refused/.test(server.log) || undefined);
  assert(!/in control|wrong password|fault/.test(server.log), server.log);
  return server.log;
}

for (const security of NAMES) {
  for (const version of VERSIONS[security]) {
    const name = `${security} over TLS ${version}`;
    Deno.test(`TigerVNC's viewer doesn't get in by ${name} where a bit is changed`, async (t) => {
      for (const [place, meddle] of tampered()) {
        await t.step(place, async () => {
          const args = [onlyTls(version)];
          await assertStopped(
            [vencrypt(security)],
            meddle,
            (port) => trustingTigerVnc(trusted, { port, ...known, security, args }),
          );
        });
      }
    });
  }

  Deno.test(`gtk-vnc doesn't get in by ${security} where a bit is changed`, async (t) => {
    for (const [place, meddle] of tampered()) {
      await t.step(place, async () => {
        await assertStopped(
          [vencrypt(security)],
          meddle,
          (port) => trustingGvnccapture(port, trusted, answersFor(security, PASSWORD)),
        );
      });
    }
  });
}

for (const [listed, put] of [["X509Plain", "X509None"], ["X509Plain", "Plain"]] as const) {
  Deno.test(`TigerVNC's viewer doesn't get in where ${put} is put for ${listed}`, async () => {
    const change = SUBTYPES[listed].id ^ SUBTYPES[put].id;
    const meddle = changeByte("server", 12 + 2 + 2 + 1 + 4, change);
    const log = await assertStopped(
      [vencrypt(listed)],
      meddle,
      (port) => trustingTigerVnc(trusted, { port, ...known, security: `${listed},${put}` }),
    );
    assertStringIncludes(log, `VeNCrypt subtype ${SUBTYPES[put].id} was not offered`);
  });
}
