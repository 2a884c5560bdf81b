import { makeCertificate, makeCertificateKey } from "../../src/security/tls/certificate.ts";
import { startTlsClient } from "../support/tls_client.ts";
import { checkDesk } from "./check_desk.ts";
import { connectClient, freePort, NAME, ProxiedDesktop } from "./proxied_desktop.ts";
import { RunningProxy } from "./running_proxy.ts";
import { snippet } from "./snippet.ts";

/** Starts nginx with a server in its `http` block. */
async function startNginx(folder: string, port: number, server: string): Promise<RunningProxy> {
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) =>
    `${name}_temp_path ${folder}/${name};`
  );
  const file = `${folder}/nginx.conf`;
  const text = `
    daemon off;
    master_process off;
    pid ${folder}/pid;
    error_log stderr;
    events {}
    http { access_log off; ${places.join(" ")} ${server} }
  `;
  await Deno.writeTextFile(file, text);
  return RunningProxy.start(folder, port, "nginx", "-e", "stderr", "-p", folder, "-c", file);
}

Deno.test("nginx: the page's configuration, by https", async () => {
  await using desktop = await ProxiedDesktop.start();
  const port = freePort();
  const folder = await Deno.makeTempDir();
  try {
    const key = makeCertificateKey();
    const names = { hostname: NAME, addresses: [] };
    const certificate = (await makeCertificate(key, names, Date.now())).toString();
    await Deno.writeTextFile(`${folder}/certificate.pem`, certificate);
    const secret = key.export({ type: "pkcs8", format: "pem" }).toString();
    await Deno.writeTextFile(`${folder}/key.pem`, secret);
    const server = snippet("nginx", {
      "listen 443": `listen 127.0.0.1:${port}`,
      "/etc/ssl/certs/vnc.example.org.pem": `${folder}/certificate.pem`,
      "/etc/ssl/private/vnc.example.org.key": `${folder}/key.pem`,
      "127.0.0.1:5900": `127.0.0.1:${desktop.port}`,
    });
    await using _nginx = await startNginx(folder, port, server);
    const connect = async () =>
      await startTlsClient(await connectClient(port), { servername: NAME, ca: certificate });
    await checkDesk({ desktop, connect, origin: `https://${NAME}:${port}` });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("nginx: the page's configuration without TLS, by http", async () => {
  await using desktop = await ProxiedDesktop.start();
  const port = freePort();
  const folder = await Deno.makeTempDir();
  try {
    const server = snippet("nginx", {
      "listen 443 ssl": `listen 127.0.0.1:${port}`,
      "ssl_certificate /etc/ssl/certs/vnc.example.org.pem;": "",
      "ssl_certificate_key /etc/ssl/private/vnc.example.org.key;": "",
      "127.0.0.1:5900": `127.0.0.1:${desktop.port}`,
    });
    await using _nginx = await startNginx(folder, port, server);
    const connect = () => connectClient(port);
    await checkDesk({ desktop, connect, origin: `http://${NAME}:${port}` });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
