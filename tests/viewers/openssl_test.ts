import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import { u32 } from "../support/bytes.ts";
import { until } from "../support/until.ts";
import { certificate, PASSWORD, SUBTYPES, vencrypt } from "../support/vencrypt.ts";
import { VncdHome } from "../support/vncd_home.ts";
import { LocalServer } from "./support/local_server.ts";
import { changeByte, type Meddling, Middleman } from "./support/middleman.ts";
import { Preamble } from "./support/preamble.ts";
import { Program } from "./support/program.ts";
import { tempDir } from "./support/temp_dir.ts";

/** Bytes that the server and its viewer say before TLS. */
const BEFORE_TLS = { server: 12 + 2 + 2 + 1 + 5 + 1, viewer: 12 + 1 + 2 + 4 } as const;

interface SClientOptions {
  /** The certificate to trust, in PEM. */
  readonly trusted?: string;
  readonly args?: readonly string[];
  readonly subtype?: keyof typeof SUBTYPES;
  /** What it sends through TLS. */
  readonly input?: string;
  /** What it waits for; the session, or the reason that there is none, when left out. */
  readonly until?: RegExp;
  readonly meddle?: Meddling;
}

/** Runs `openssl s_client` through VeNCrypt, and gives what both sides say in the end. */
async function sClient(options: SClientOptions): Promise<{ said: string; log: string }> {
  const { trusted = certificate.toString(), args = [], subtype = "X509Plain", meddle } = options;
  const { input, until: awaited = /Verify return code.*\n(.*\n)*---|:error:|errno/ } = options;
  await using scratch = await tempDir();
  const file = join(scratch.path, "ca.pem");
  await Deno.writeTextFile(file, trusted);
  await using server = new LocalServer([vencrypt(subtype)]);
  await using middleman = new Middleman(server.port, meddle);
  await using preamble = new Preamble(middleman.port, SUBTYPES[subtype].id);
  await using program = new Program("openssl", {
    args: [
      ...["s_client", "-connect", `127.0.0.1:${preamble.port}`, "-CAfile", file],
      ...["-verify_ip", "127.0.0.1", "-verify_return_error", "-showcerts", ...args],
    ],
  });
  if (input !== undefined) await program.write(input);
  await program.expect(awaited);
  await program.closeInput();
  await program.ended();
  await until(
    "the server has seen it go",
    () => /gone|closed|refused/.test(server.log) || undefined,
  );
  return { said: program.output, log: server.log };
}

for (const [option, protocol] of [["-tls1_2", "TLSv1.2"], ["-tls1_3", "TLSv1.3"]] as const) {
  Deno.test(`openssl takes the certificate over ${protocol}`, async () => {
    const { said } = await sClient({ args: [option] });
    assertStringIncludes(said, `New, ${protocol}`);
    assertStringIncludes(said, "Verify return code: 0 (ok)");
    const [pem] = said.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/s)!;
    assertEquals(new X509Certificate(pem).fingerprint256, certificate.fingerprint256);
  });
}

Deno.test("openssl is refused over TLS 1.1", async () => {
  const { said, log } = await sClient({ args: ["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"] });
  assertStringIncludes(said, "Cipher is (NONE)");
  assertStringIncludes(log, "closed: TLS: ");
});

Deno.test("openssl refuses a certificate of somebody else's, and that is no fault", async () => {
  const names = { hostname: "other", addresses: [] };
  const other = await makeCertificate(makeCertificateKey(), names, Date.now());
  const { said, log } = await sClient({ trusted: other.toString() });
  assertStringIncludes(said, "certificate verify failed");
  assertStringIncludes(log, "gone (it doesn't trust the certificate");
});

Deno.test("openssl takes the certificate that vncd made at its first start, for this machine", async () => {
  using home = new VncdHome();
  home.env.XDG_STATE_HOME = `${home.path}/state`;
  await using vncd = await home.start("--security", "x509none");
  await using preamble = new Preamble(vncd.port);
  await using program = new Program("openssl", {
    args: [
      ...["s_client", "-connect", `127.0.0.1:${preamble.port}`, "-verify_return_error"],
      ...["-CAfile", `${home.path}/state/vncd/certificate.pem`, "-verify_ip", "127.0.0.1"],
    ],
  });
  await program.expect(/Verify return code: 0 \(ok\)/);
});

const bytes = (...numbers: number[]): string => String.fromCharCode(...numbers);
/** Plain's message, and ClientInit for a shared desktop. */
const plainLogin = (name: string, password: string): string =>
  bytes(...u32(name.length), ...u32(password.length)) + name + password + bytes(1);

/** How s_client shows nothing but what comes through TLS, until the server or the input ends. */
const ONLY_WHAT_COMES = ["-quiet", "-no_ign_eof"];
/** The end of ServerInit: the length of the desktop's name, and the name. */
// deno-lint-ignore no-control-regex
const SERVER_INIT = /\0\0\0\x04test/;
/** SecurityResult with a reason. */
// deno-lint-ignore no-control-regex
const REFUSED = /\0\0\0\x01\0\0\0\x0ewrong password/;

for (const option of ["-tls1_2", "-tls1_3"]) {
  Deno.test(`through openssl ${option} X509Plain leads to ServerInit, with the right password only`, async () => {
    const args = [...ONLY_WHAT_COMES, option];
    const right = { args, input: plainLogin("me", PASSWORD), until: SERVER_INIT };
    assertStringIncludes((await sClient(right)).log, "in control");
    const wrong = { args, input: plainLogin("me", "let me in"), until: REFUSED };
    const { log } = await sClient(wrong);
    assertStringIncludes(log, "refused: wrong password");
    assert(!log.includes("in control"));
  });
}

Deno.test("through openssl X509None leads to ServerInit", async () => {
  const options = { args: ONLY_WHAT_COMES, input: bytes(1), until: SERVER_INIT };
  const { log } = await sClient({ ...options, subtype: "X509None" });
  assertStringIncludes(log, "in control");
});

/** Early bytes of TLS: a record's type, a message's type, and what belongs to a random number. */
const EARLY = [0, 5, 11, 20, 42];

for (const side of ["viewer", "server"] as const) {
  Deno.test(`openssl doesn't get in where a bit of what the ${side} says is changed`, async (t) => {
    for (const place of EARLY) {
      await t.step(`byte ${place}`, async () => {
        const meddle = changeByte(side, BEFORE_TLS[side] + place);
        const input = plainLogin("me", PASSWORD);
        const { said, log } = await sClient({
          args: ONLY_WHAT_COMES,
          input,
          meddle,
          until: /:error:/,
        });
        assert(!SERVER_INIT.test(said) && !/in control|fault/.test(log), log);
      });
    }
  });
}
