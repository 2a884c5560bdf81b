import { assertEquals, assertStringIncludes } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { u32 } from "../support/bytes.ts";
import { TestViewer } from "../support/test_viewer.ts";
import { until } from "../support/until.ts";
import { certificate, vencrypt } from "../support/vencrypt.ts";
import { LocalServer } from "./support/local_server.ts";
import { Program } from "./support/program.ts";
import { tempDir } from "./support/temp_dir.ts";

/** Takes one connection, says what comes before TLS to a server, and joins the two. */
class Preamble implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #done: Promise<unknown>;

  constructor(port: number) {
    this.#done = this.#join(port).catch(() => {});
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async #join(port: number): Promise<void> {
    const client = await this.#listener.accept();
    const server = await Deno.connect({ hostname: "127.0.0.1", port });
    const viewer = new TestViewer(new TcpConnection(server));
    await viewer.read(12);
    await viewer.send([...new TextEncoder().encode("RFB 003.008\n")]);
    await viewer.read(2);
    await viewer.write(19);
    await viewer.read(2);
    await viewer.write(0, 2);
    await viewer.read(2 + 4);
    await viewer.send(u32(260));
    await viewer.read(1);
    await Promise.allSettled([
      client.readable.pipeTo(server.writable),
      server.readable.pipeTo(client.writable),
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#done;
  }
}

/** Runs `openssl s_client` through VeNCrypt, and gives what both sides say in the end. */
async function sClient(
  trusted: string,
  ...args: readonly string[]
): Promise<{ said: string; log: string }> {
  await using scratch = await tempDir();
  const file = join(scratch.path, "ca.pem");
  await Deno.writeTextFile(file, trusted);
  await using server = new LocalServer([vencrypt("X509None")]);
  await using preamble = new Preamble(server.port);
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
