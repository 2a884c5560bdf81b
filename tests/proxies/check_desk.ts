import { gunzipSync } from "node:zlib";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { answerTo, requestHead } from "../support/http_client.ts";
import { type LoginName, LOGINS, outcome } from "../support/logins.ts";
import { type Stream, TestViewer } from "../support/test_viewer.ts";
import { WebSocketClient } from "../support/web_socket_client.ts";
import { CLIENT, PASSWORD, type ProxiedDesktop } from "./proxied_desktop.ts";

/** How browsers reach a desktop at the path /desk/ of a proxy. */
export interface Desk {
  readonly desktop: ProxiedDesktop;
  /** Connects from {@linkcode CLIENT}, through TLS where the proxy speaks that. */
  connect(): Promise<Stream>;
  /** What the browser has in front of the path. */
  readonly origin: string;
}

/** Opens the page's WebSocket as a browser does. */
export async function openDesk({ connect, origin }: Desk, from = origin): Promise<TestViewer> {
  const headers = [
    `Host: ${new URL(origin).host}`,
    `Origin: ${from}`,
    // A lie, which a proxy adds the truth to, or puts it in place of.
    "X-Forwarded-For: 203.0.113.99",
  ];
  return new TestViewer(await WebSocketClient.open(await connect(), headers, "/desk/websocket"));
}

/** Opens the WebSocket, logs in and leaves: "in", or the reason why not. */
export async function enterDesk(desk: Desk, way: LoginName, password: string): Promise<string> {
  const viewer = await openDesk(desk);
  try {
    return await outcome(viewer, LOGINS[way]({ password }));
  } finally {
    viewer.close();
  }
}

/** Checks that all that browsers do works through a proxy. */
export async function checkDesk(desk: Desk): Promise<void> {
  const { desktop, connect, origin } = desk;
  const { host, protocol } = new URL(origin);
  const get = async (path: string) => {
    const headers = [`Host: ${host}`, "Accept-Encoding: gzip"];
    return await answerTo(await connect(), requestHead(`GET ${path} HTTP/1.1`, ...headers));
  };
  const page = await get("/desk/");
  assertEquals(page.status, 200);
  assertStringIncludes(page.headers.get("content-security-policy")!, "default-src 'none'");
  assertStringIncludes(gunzipSync(page.body).toString(), "</html>");
  const { status, headers } = await get("/desk");
  assertEquals([Math.floor(status / 100), /\/desk\/$/.test(headers.get("location")!)], [3, true]);

  const [offered, other] = protocol === "https:"
    ? ["plain", "vnc"] as const
    : ["vnc", "plain"] as const;
  assertEquals(await enterDesk(desk, offered, PASSWORD), "in");
  await desktop.vncd.logs(`${CLIENT} through 127.0.0.1:`);
  if (offered === "vnc") {
    assertStringIncludes(await enterDesk(desk, other, PASSWORD), "security types offered");
  }
  assertStringIncludes(await enterDesk(desk, offered, "wrong"), "password");
  await assertRejects(() => openDesk(desk, "https://evil.example"), Error, "evil.example");
}
