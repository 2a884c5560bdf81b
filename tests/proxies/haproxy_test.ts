import { assertEquals } from "@std/assert";
import { answerTo, requestHead } from "../support/http_client.ts";
import { LOGINS } from "../support/logins.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import { TestViewer } from "../support/test_viewer.ts";
import { WebSocketClient } from "../support/web_socket_client.ts";
import {
  CLIENT,
  connectClient,
  freePort,
  NAME,
  PASSWORD,
  ProxiedDesktop,
} from "./proxied_desktop.ts";
import { RunningProxy } from "./running_proxy.ts";
import { snippet } from "./snippet.ts";

const HEADERS = [`Host: ${NAME}`, `Origin: http://${NAME}`];
const REQUEST = requestHead("GET / HTTP/1.1", ...HEADERS);

for (const word of ["send-proxy-v2", "send-proxy"]) {
  Deno.test(`HAProxy: the page's configuration with ${word}`, async () => {
    await using desktop = await ProxiedDesktop.start();
    const port = freePort();
    const folder = await Deno.makeTempDir();
    try {
      const file = `${folder}/haproxy.cfg`;
      const text = snippet("haproxy", {
        "bind :5900": `bind 127.0.0.1:${port}`,
        "127.0.0.1:5901": `127.0.0.1:${desktop.port}`,
        "send-proxy-v2": word,
      });
      await Deno.writeTextFile(file, text);
      await using _haproxy = await RunningProxy.start(folder, port, "haproxy", "-db", "-f", file);

      const { status } = await answerTo(await connectClient(port), REQUEST);
      assertEquals(status, 200);

      const below = await connectClient(port);
      const page = new TestViewer(await WebSocketClient.open(below, HEADERS));
      await page.login(LOGINS.vnc({ password: PASSWORD }));
      page.close();

      const viewer = await connectViewer(port, { from: CLIENT });
      await viewer.login(LOGINS.ra2_256({ password: PASSWORD }));
      viewer.close();

      const { log } = await desktop.vncd.end();
      const viewers = [...log.matchAll(/(\S+):\d+ through 127\.0\.0\.1:\d+: viewer 1,/g)];
      assertEquals(viewers.map(([, client]) => client), [CLIENT, CLIENT], log);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
