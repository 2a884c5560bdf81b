// The page in a real browser, behind real proxies with the configurations of the page on proxies.

import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import { Chromium } from "../browser/support/chromium.ts";
import type { DesktopPage } from "../browser/support/desktop_page.ts";
import { assertSees } from "../viewers/support/sees.ts";
import { startServer } from "../viewers/support/server.ts";
import { buildStage } from "../viewers/support/stage.ts";
import { tempDir } from "../viewers/support/temp_dir.ts";
import { freePort, NAME, PASSWORD } from "./proxied_desktop.ts";
import { RunningProxy } from "./running_proxy.ts";
import { snippet } from "./snippet.ts";

const chromium = new Chromium();

/** Where a proxy is to listen, what it stands in front of, and the files for its TLS. */
interface Place {
  readonly folder: string;
  readonly port: number;
  readonly vncd: string;
  readonly certificate: string;
  readonly key: string;
}

/** Opens the page below a path of a proxy, and compares what it shows. */
async function assertShows(url: string, start: (place: Place) => Promise<RunningProxy>) {
  await using stage = await buildStage();
  await using server = await startServer({
    display: stage.desk.display,
    password: PASSWORD,
    args: ["--trust-proxy", "127.0.0.1", "--web-names", NAME],
  });
  await using scratch = await tempDir();
  const folder = scratch.path;
  const [certificate, key] = [`${folder}/certificate.pem`, `${folder}/key.pem`];
  await writeIdentity(certificate, key);
  const port = freePort();
  const vncd = `127.0.0.1:${server.port}`;
  await using _proxy = await start({ folder, port, vncd, certificate, key });
  await using page = await chromium.open(url.replace(NAME, `${NAME}:${port}`), {
    // noVNC's own warning.
    expects: /noVNC requires a secure context/,
  });
  await logIn(page);
  await page.wantExact();
  await assertSees(() => page.look(), () => stage.scene.picture());
}

async function logIn(page: DesktopPage): Promise<void> {
  if (page.page.url().startsWith("http:")) await page.button("Go on without encryption").click();
  await page.reaches("login");
  await page.logIn({ password: PASSWORD });
  await page.reaches("connected");
}

async function writeIdentity(certificate: string, key: string): Promise<void> {
  const secret = makeCertificateKey();
  const made = await makeCertificate(secret, { hostname: NAME, addresses: [] }, Date.now());
  await Deno.writeTextFile(certificate, made.toString());
  await Deno.writeTextFile(key, secret.export({ type: "pkcs8", format: "pem" }).toString());
}

/** Starts a program with a file of that text. */
async function startWith(
  { folder, port }: Place,
  text: string,
  command: (file: string) => readonly [string, ...string[]],
): Promise<RunningProxy> {
  const file = `${folder}/configuration`;
  await Deno.writeTextFile(file, text);
  return await RunningProxy.start(folder, port, ...command(file));
}

Deno.test("a browser through nginx, by https", () =>
  assertShows(`https://${NAME}/desk/`, (place) => {
    const server = snippet("nginx", {
      "listen 443": `listen 127.0.0.1:${place.port}`,
      "/etc/ssl/certs/vnc.example.org.pem": place.certificate,
      "/etc/ssl/private/vnc.example.org.key": place.key,
      "127.0.0.1:5900": place.vncd,
    });
    const text = `
      daemon off; master_process off; pid pid; error_log stderr; events {}
      http { access_log off; ${server} }
    `;
    return startWith(place, text, (file) => [
      "nginx",
      ...["-e", "stderr", "-p", place.folder, "-c", file],
    ]);
  }));

for (const scheme of ["http", "https"]) {
  Deno.test(`a browser through Caddy, by ${scheme}`, () =>
    assertShows(`${scheme}://${NAME}/desk`, (place) => {
      const tls = scheme === "https" ? `\n\ttls ${place.certificate} ${place.key}` : "";
      const site = snippet("caddyfile", {
        [`${NAME} {`]: `${scheme}://${NAME}:${place.port} {\n\tbind 127.0.0.1${tls}`,
        "127.0.0.1:5900": place.vncd,
      });
      const text = `{\n\tadmin off\n\tauto_https off\n}\n${site}`;
      return startWith(place, text, (file) => [
        "caddy",
        ...["run", "--config", file, "--adapter", "caddyfile"],
      ]);
    }));

  Deno.test(`a browser through HAProxy's PROXY protocol, by ${scheme}`, () =>
    assertShows(`${scheme}://${NAME}/`, (place) => {
      const text = snippet("haproxy", {
        "bind :5900": `bind 127.0.0.1:${place.port}`,
        "127.0.0.1:5901": place.vncd,
      });
      return startWith(place, text, (file) => ["haproxy", "-db", "-f", file]);
    }));
}
