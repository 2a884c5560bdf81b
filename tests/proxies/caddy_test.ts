import { checkDesk } from "./check_desk.ts";
import { connectClient, freePort, NAME, ProxiedDesktop } from "./proxied_desktop.ts";
import { RunningProxy } from "./running_proxy.ts";
import { snippet } from "./snippet.ts";

Deno.test("Caddy: the page's configuration, by http", async () => {
  await using desktop = await ProxiedDesktop.start();
  const port = freePort();
  const folder = await Deno.makeTempDir();
  try {
    const site = snippet("caddyfile", {
      [`${NAME} {`]: `http://${NAME}:${port} {\n\tbind 127.0.0.1`,
      "127.0.0.1:5900": `127.0.0.1:${desktop.port}`,
    });
    const file = `${folder}/Caddyfile`;
    await Deno.writeTextFile(file, `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    const args = ["run", "--config", file, "--adapter", "caddyfile"];
    await using _caddy = await RunningProxy.start(folder, port, "caddy", ...args);
    const connect = () => connectClient(port);
    await checkDesk({ desktop, connect, origin: `http://${NAME}:${port}` });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
