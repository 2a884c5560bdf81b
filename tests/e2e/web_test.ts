import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { greeting, RunningVncd } from "../support/vncd.ts";
import { VncdHome } from "../support/vncd_home.ts";

const DEMO = ["--desktop", "demo", "--listen", "127.0.0.1", "--port", "0", "--security", "vnc"];

/** The port that the banner names for browsers. */
const webPort = ({ banner }: RunningVncd) =>
  Number(banner.match(/In browsers http:\/\/127\.0\.0\.1:(\d+)\/$/m)?.[1]);

const REQUEST = new TextEncoder().encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

/** What a server answers to a request for the page. */
async function pageAt(port: number): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(REQUEST);
  return await new Response(connection.readable).text();
}

/** The same by TLS, with a certificate to be trusted. */
async function pageByTls(port: number, certificate: string): Promise<string> {
  const client = new Deno.Command("openssl", {
    args: [
      ...["s_client", "-quiet", "-verify_return_error", "-verify_hostname", "localhost"],
      ...["-CAfile", certificate, "-connect", `127.0.0.1:${port}`],
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = client.stdin.getWriter();
  await writer.write(REQUEST);
  const { stdout } = await client.output();
  return new TextDecoder().decode(stdout);
}

Deno.test("the packed file has the page in it, on the viewers' port, with and without TLS", async () => {
  using home = new VncdHome();
  const env = { XDG_STATE_HOME: `${home.path}/state` };
  await using vncd = await RunningVncd.start(DEMO, { env });
  assertEquals(webPort(vncd), vncd.port);
  const plain = await pageAt(vncd.port);
  assertMatch(plain, /^HTTP\/1\.1 200 /);
  assert(plain.includes("</html>"), plain.slice(0, 500));
  const secure = await pageByTls(vncd.port, `${env.XDG_STATE_HOME}/vncd/certificate.pem`);
  assertMatch(secure, /^HTTP\/1\.1 200 [^]*<\/html>/);
  assertEquals(await greeting(vncd.port), "RFB 003.008\n");
});

Deno.test("--web-port has the page on a port of its own, and viewers stay where they are", async () => {
  await using vncd = await RunningVncd.start([...DEMO, "--web-port", "0"]);
  assert(webPort(vncd) > 0 && webPort(vncd) !== vncd.port, vncd.banner);
  assertMatch(await pageAt(webPort(vncd)), /^HTTP\/1\.1 200 /);
  assertEquals(await greeting(vncd.port), "RFB 003.008\n");
  assertMatch(await pageAt(vncd.port), /^RFB 003\.008\n/);
});

Deno.test("--no-web has no page", async () => {
  await using vncd = await RunningVncd.start([...DEMO, "--no-web"]);
  assert(!vncd.banner.includes("In browsers"), vncd.banner);
  assertMatch(await pageAt(vncd.port), /^RFB 003\.008\n/);
});

Deno.test("a web port that is taken is said by the option's name", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await assertRejects(
    () => RunningVncd.start([...DEMO, "--web-port", `${taken.addr.port}`]),
    Error,
    "choose another with --web-port",
  );
});
