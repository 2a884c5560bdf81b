// What proxies say, said by hand: who is believed, and for whom it counts.

import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { answerTo, requestHead } from "../support/http_client.ts";
import { LOGINS, outcome } from "../support/logins.ts";
import { proxyLine } from "../support/proxy_header.ts";
import { connectFrom, connectViewer } from "../support/tcp_viewer.ts";
import { TestViewer } from "../support/test_viewer.ts";
import { WebSocketClient } from "../support/web_socket_client.ts";
import { CLIENT, NAME, PASSWORD, ProxiedDesktop } from "./proxied_desktop.ts";

/** Opens the WebSocket as a proxy at an address of this machine does. */
async function open(
  { port }: ProxiedDesktop,
  proxy: string,
  headers: readonly string[],
  target = "/websocket",
): Promise<TestViewer> {
  const below = await connectFrom(proxy, "127.0.0.1", port);
  return new TestViewer(await WebSocketClient.open(below, headers, target));
}

/** Logs in for somebody behind a trusted proxy, and leaves. */
async function enter(desktop: ProxiedDesktop, from: string, password: string): Promise<string> {
  const headers = [`Host: ${NAME}`, `X-Forwarded-For: ${from}`, "X-Forwarded-Proto: https"];
  const viewer = await open(desktop, "127.0.0.1", headers);
  try {
    return await outcome(viewer, LOGINS.plain({ password }));
  } finally {
    viewer.close();
  }
}

Deno.test("Traefik, as it is known to work: the path as it is, its headers, wss", async () => {
  await using desktop = await ProxiedDesktop.start();
  const headers = (scheme: string) => [
    `Host: ${NAME}`,
    "X-Forwarded-For: 203.0.113.5",
    `X-Forwarded-Host: ${NAME}`,
    "X-Forwarded-Port: 443",
    `X-Forwarded-Proto: ${scheme}`,
    "X-Forwarded-Server: traefik",
    "X-Real-Ip: 203.0.113.5",
  ];
  const request = requestHead("GET /desk/ HTTP/1.1", ...headers("https"));
  const below = await connectFrom("127.0.0.1", "127.0.0.1", desktop.port);
  assertEquals((await answerTo(below, request)).status, 200);
  const asked = [...headers("wss"), `Origin: https://${NAME}`];
  const viewer = await open(desktop, "127.0.0.1", asked, "/desk/websocket");
  await viewer.login(LOGINS.plain({ password: PASSWORD }));
  await desktop.vncd.logs("203.0.113.5 through 127.0.0.1:");
  viewer.close();
});

Deno.test("failed logins count for whom the proxy names, and for nobody else", async () => {
  await using desktop = await ProxiedDesktop.start();
  for (let i = 0; i < 6; i++) {
    assertStringIncludes(await enter(desktop, "203.0.113.5", "wrong"), "password");
  }
  const refused = "too many failed";
  assertStringIncludes(await enter(desktop, "203.0.113.5", PASSWORD), refused);
  assertStringIncludes(await enter(desktop, "203.0.113.99, 203.0.113.5", PASSWORD), refused);
  assertEquals(await enter(desktop, "203.0.113.6", PASSWORD), "in");
  const { log } = await desktop.vncd.end();
  assertMatch(log, /203\.0\.113\.5 through 127\.0\.0\.1:\d+: refused/);
});

/** Connects as a trusted proxy that speaks the PROXY protocol does for a viewer. */
async function connectFor({ port }: ProxiedDesktop, hostname: string): Promise<TestViewer> {
  const stream = await connectFrom("127.0.0.1", "127.0.0.1", port);
  await stream.write(proxyLine({ hostname, port: 41822 }, { hostname: "192.0.2.1", port: 5900 }));
  return new TestViewer(stream);
}

Deno.test("connections count for whom the proxy makes them, and for nobody else", async () => {
  await using desktop = await ProxiedDesktop.start();
  const other = await connectFor(desktop, "203.0.113.6");
  const many: TestViewer[] = [];
  // One more than an address may have that haven't logged in; this machine may have twice as many.
  for (let i = 0; i < 33; i++) many.push(await connectFor(desktop, "203.0.113.5"));
  await desktop.vncd.logs("203.0.113.5: closed: too many others have not logged in either");
  await other.login(LOGINS.ra2_256({ password: PASSWORD }));
  for (const viewer of [other, ...many]) viewer.close();
});

Deno.test("who isn't trusted isn't believed, and the log says so once", async () => {
  await using desktop = await ProxiedDesktop.start();
  const headers = [`Host: ${NAME}`, "X-Forwarded-For: 203.0.113.5", "X-Forwarded-Proto: https"];
  for (let i = 0; i < 2; i++) {
    const viewer = await open(desktop, CLIENT, headers);
    // Others may read along, for all that is known.
    const said = await outcome(viewer, LOGINS.plain({ password: PASSWORD }));
    assertStringIncludes(said, "security types offered");
    viewer.close();
  }
  const { log } = await desktop.vncd.end();
  assertEquals(log.match(/--trust-proxy/g)?.length, 1, log);
  assertStringIncludes(log, `${CLIENT} forwards for others`);
  assertEquals(log.includes("203.0.113.5"), false);
});

Deno.test("who isn't trusted can't connect for others by the PROXY protocol", async () => {
  await using desktop = await ProxiedDesktop.start();
  const end = (hostname: string) => ({ hostname, port: 1 });
  const stream = await connectFrom(CLIENT, "127.0.0.1", desktop.port);
  await stream.write(proxyLine(end("203.0.113.5"), end("192.0.2.1")));
  await assertRejects(() => new TestViewer(stream).login(), Error, "closed");
  await desktop.vncd.logs("PROXY protocol");
  stream.close();
});

Deno.test("a viewer beside the proxy needs none of its headers", async () => {
  await using desktop = await ProxiedDesktop.start();
  const viewer = await connectViewer(desktop.port);
  await viewer.login(LOGINS.ra2_256({ password: PASSWORD }));
  viewer.close();
});
