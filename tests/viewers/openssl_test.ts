import { assertEquals, assertStringIncludes } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import { until } from "../support/until.ts";
import { certificate, vencrypt } from "../support/vencrypt.ts";
import { VncdHome } from "../support/vncd_home.ts";
import { LocalServer } from "./support/local_server.ts";
import { Preamble } from "./support/preamble.ts";
import { Program } from "./support/program.ts";
import { tempDir } from "./support/temp_dir.ts";

/** Runs `openssl s_client` through VeNCrypt, and gives what both sides say in the end. */
async function sClient(
  trusted: string,
  ...args: readonly string[]
): Promise<{ said: string; log: string }> {
  await using scratch = await tempDir();
  const file = join(scratch.path, "ca.pem");
  await Deno.writeTextFile(file, trusted);
  await using server = new LocalServer([vencrypt("X509Plain")]);
  await using preamble = new Preamble(server.port, 262);
  await using program = new Program("openssl", {
    args: [
      ...["s_client", "-connect", `127.0.0.1:${preamble.port}`, "-CAfile", file],
      ...["-verify_ip", "127.0.0.1", "-verify_return_error", "-showcerts", ...args],
    ],
  });
  // What says that all is told: the session, or the reason that there is none.
  await program.expect(/Verify return code.*\n(.*\n)*---|:error:|errno/);
  await program.closeInput();
  await program.ended();
  await until("the server has seen it go", () => /gone|closed/.test(server.log) || undefined);
  return { said: program.output, log: server.log };
}

for (const [option, protocol] of [["-tls1_2", "TLSv1.2"], ["-tls1_3", "TLSv1.3"]] as const) {
  Deno.test(`openssl takes the certificate over ${protocol}`, async () => {
    const { said } = await sClient(certificate.toString(), option);
    assertStringIncludes(said, `New, ${protocol}`);
    assertStringIncludes(said, "Verify return code: 0 (ok)");
    const [pem] = said.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/s)!;
    assertEquals(new X509Certificate(pem).fingerprint256, certificate.fingerprint256);
  });
}

Deno.test("openssl is refused over TLS 1.1", async () => {
  const old = ["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"];
  const { said, log } = await sClient(certificate.toString(), ...old);
  assertStringIncludes(said, "Cipher is (NONE)");
  assertStringIncludes(log, "closed: TLS: ");
});

Deno.test("openssl refuses a certificate of somebody else's, and that is no fault", async () => {
  const names = { hostname: "other", addresses: [] };
  const other = await makeCertificate(makeCertificateKey(), names, Date.now());
  const { said, log } = await sClient(other.toString());
  assertStringIncludes(said, "certificate verify failed");
  assertStringIncludes(log, "closed: TLS: received fatal alert: ");
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
