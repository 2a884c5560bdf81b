import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { patientGate } from "../support/gate.ts";
import { ServerCertificate } from "../../src/security/keys/tls_identity.ts";
import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import { VncAuth } from "../../src/security/vnc_auth.ts";
import { until } from "../support/until.ts";
import { certificate, PASSWORD, type SUBTYPES, vencrypt } from "../support/vencrypt.ts";
import { gvnccapture, GVncViewer } from "./support/gtkvnc.ts";
import { LocalServer } from "./support/local_server.ts";
import { findWindow } from "./support/window.ts";
import { tempDir } from "./support/temp_dir.ts";
import { TigerVnc, type TigerVncOptions } from "./support/tigervnc.ts";
import { CAN_TRUST, trustingGvnccapture } from "./support/trusting.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

const vncAuth = new VncAuth(
  patientGate(new SharedPasswords({ full: new TextEncoder().encode(PASSWORD) })),
);

type Name = keyof typeof SUBTYPES;

/** VeNCrypt and VNC Authentication, either of them first. */
const ORDERS = [
  ["VeNCrypt", [vencrypt("X509Plain", "X509Vnc"), vncAuth]],
  ["VNC Authentication", [vncAuth, vencrypt("X509Plain", "X509Vnc")]],
] as const;

const isLetIn = (server: LocalServer) =>
  until("the viewer is let in", () => server.log.includes("in control") || undefined);

/** TigerVNC's viewer, which trusts a certificate and takes one subtype only. */
async function tigerVnc(
  name: Name,
  trusted: string,
  options: TigerVncOptions,
): Promise<AsyncDisposable & { viewer: TigerVnc }> {
  await using resources = new AsyncDisposableStack();
  const file = join(resources.use(await tempDir()).path, "ca.pem");
  await Deno.writeTextFile(file, trusted);
  const args = [`-X509CA=${file}`, "-Log=*:stderr:100"];
  const viewer = resources.use(
    await TigerVnc.start({ ...options, security: name, args: [...args, ...options.args ?? []] }),
  );
  const kept = resources.move();
  return { viewer, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

for (const name of ["X509None", "X509Vnc", "X509Plain"] as const) {
  // Where vncd speaks first TLS 1.3 is not on offer: see highestTls in src/security/vencrypt.ts.
  for (const version of name === "X509Plain" ? ["1.2", "1.3"] : ["1.2"]) {
    Deno.test(`TigerVNC's viewer gets in by ${name} over TLS ${version}`, async () => {
      await using server = new LocalServer([vencrypt("X509Plain", "X509Vnc", "X509None")]);
      const only = `-GnuTLSPriority=NORMAL:-VERS-ALL:+VERS-TLS${version}`;
      const options = { port: server.port, username: "me", password: PASSWORD, args: [only] };
      await using running = await tigerVnc(name, certificate.toString(), options);
      await isLetIn(server);
      assertStringIncludes(running.viewer.program.output, `(TLS${version})`);
    });
  }
}

for (const name of ["X509Vnc", "X509Plain"] as const) {
  Deno.test(`TigerVNC's viewer says why a wrong password is refused by ${name}`, async () => {
    await using server = new LocalServer([vencrypt(name)]);
    const options = { port: server.port, username: "me", password: "let me in" };
    await using running = await tigerVnc(name, certificate.toString(), options);
    await running.viewer.program.ended();
    assertStringIncludes(running.viewer.program.output, "Authentication failure: wrong password");
  });
}

Deno.test("TigerVNC's viewer asks about another certificate, by its public key", async () => {
  await using server = new LocalServer([vencrypt("X509Vnc")]);
  const key = makeCertificateKey();
  const other = await makeCertificate(key, { hostname: "other", addresses: [] }, Date.now());
  const options = { port: server.port, password: PASSWORD };
  await using running = await tigerVnc("X509Vnc", other.toString(), options);
  const { program } = running.viewer;
  await program.expect(/signer not found/);
  const [, pin] = await program.expect(/pin-sha256="(.+?)"/);
  const anyKey = makeCertificateKey();
  assertEquals(pin, new ServerCertificate([certificate], anyKey).fingerprints.publicKey);
  assert(!server.log.includes("in control"));
});

/** The title of its question. */
const ASKS = "Unknown certificate issuer";

for (const name of ["X509None", "X509Vnc", "X509Plain"] as const) {
  Deno.test(`TigerVNC's viewer gets in by ${name} when somebody has looked at the certificate`, async () => {
    await using server = new LocalServer([vencrypt(name)]);
    const options = { port: server.port, username: "me", password: PASSWORD, security: name };
    await using viewer = await TigerVnc.start(options);
    // A person takes longer than the server, whose words may lie behind others of TLS by then.
    await findWindow(viewer.screen, ["--name", `^${ASKS}$`]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await viewer.answer(ASKS, "Return");
    await isLetIn(server);
  });
}

for (const [first, types] of ORDERS) {
  Deno.test(`${first} first: TigerVNC's viewer takes it`, async () => {
    await using server = new LocalServer(types);
    const all = "-SecurityTypes=VncAuth,X509Plain,X509Vnc";
    const options = { port: server.port, username: "me", password: PASSWORD, args: [all] };
    await using running = await tigerVnc("X509Vnc", certificate.toString(), options);
    await isLetIn(server);
    const chosen = first === "VeNCrypt" ? "X509Plain (262)" : "VncAuth(2)";
    assertStringIncludes(running.viewer.program.output, `Choosing security type ${chosen}`);
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

for (const name of ["X509None", "X509Vnc", "X509Plain"] as const) {
  Deno.test({
    name: `gtk-vnc gets in by ${name}, where it knows the certificate`,
    ignore: !CAN_TRUST,
    async fn() {
      await using server = new LocalServer([vencrypt(name), vncAuth]);
      const answers = answersFor(name, PASSWORD);
      await using program = trustingGvnccapture(server.port, certificate.toString(), answers);
      await program.expect(/Saved display to/);
    },
  });
}

for (const name of ["X509Vnc", "X509Plain"] as const) {
  Deno.test({
    name: `gtk-vnc is refused by ${name} with a wrong password`,
    ignore: !CAN_TRUST,
    async fn() {
      await using server = new LocalServer([vencrypt(name), vncAuth]);
      const answers = answersFor(name, "let me in");
      await using program = trustingGvnccapture(server.port, certificate.toString(), answers);
      await program.expect(/Unable to connect/);
      assertStringIncludes(server.log, "refused: wrong password");
    },
  });
}
