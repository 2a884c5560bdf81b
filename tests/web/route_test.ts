import { assertEquals } from "@std/assert";
import { RequestHead } from "../../src/web/request_head.ts";
import { route } from "../../src/web/route.ts";

const WEB_SOCKET = { Upgrade: "websocket", "Sec-WebSocket-Version": "13" };

/** What a request leads to: the resource, or the number of the answer. */
function leadsTo(
  url: string,
  { method = "GET", httpVersion = "1.1", headers = {}, isUpgrade = false }: {
    method?: string;
    httpVersion?: string;
    headers?: Record<string, string>;
    isUpgrade?: boolean;
  } = {},
): string | number {
  const rawHeaders = Object.entries(headers).flat();
  const found = route(new RequestHead({ method, url, httpVersion, rawHeaders }, isUpgrade));
  return typeof found === "string" ? found : found.status;
}

const webSocket = (url: string, more = {}) =>
  leadsTo(url, { headers: WEB_SOCKET, isUpgrade: true, ...more });

Deno.test("there is a page, and a WebSocket beside it, under whatever path a proxy has for both", () => {
  const pages = ["/", "/vnc/", "/a/b/c/", "//", "/?", "/?a=b", "/vnc/?password=x&a=/websocket"];
  assertEquals(pages.map((url) => leadsTo(url)), pages.map(() => "page"));
  const sockets = ["/websocket", "/vnc/websocket", "/websocket?a=b", "/a/b/websocket?/x"];
  assertEquals(sockets.map((url) => webSocket(url)), sockets.map(() => "websocket"));
  assertEquals(leadsTo("/", { method: "HEAD" }), "page");
  assertEquals(leadsTo("/", { httpVersion: "1.0" }), "page");
});

Deno.test("there is nothing else", () => {
  const others = [
    ...[
      "/vnc",
      "/index.html",
      "/favicon.ico",
      "/page.html",
      "/main.ts",
      "/websocket/x",
      "/websockify",
    ],
    ...[
      "/%",
      "/%2e%2e/etc/passwd",
      "/../../etc/passwd",
      "/..",
      "/.",
      "/\\",
      "/WebSocket",
      "/%77ebsocket",
    ],
    ...["/constructor", "/__proto__", "/toString", "/websocket;a", "/websocket#a"],
  ];
  assertEquals(others.map((url) => leadsTo(url)), others.map(() => 404));
});

Deno.test("a target that is no path is for a proxy", () => {
  const wrong = ["http://evil.example/", "*", "", "evil.example:443", "?", "websocket", "#/"];
  assertEquals(wrong.map((url) => leadsTo(url)), wrong.map(() => 400));
});

Deno.test("nothing can be done but to look", () => {
  const methods = [
    "POST",
    "PUT",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PATCH",
    "PROPFIND",
    "get",
  ];
  assertEquals(methods.map((method) => leadsTo("/", { method })), methods.map(() => 405));
  assertEquals(leadsTo("a:443", { method: "CONNECT", isUpgrade: true }), 405);
  assertEquals(
    leadsTo("/websocket", { method: "POST", headers: WEB_SOCKET, isUpgrade: true }),
    405,
  );
});

Deno.test("a request has no body", () => {
  const withHeaders = (headers: Record<string, string>) => leadsTo("/", { headers });
  assertEquals(withHeaders({ "Content-Length": "1" }), 413);
  assertEquals(withHeaders({ "content-length": "00" }), 413);
  assertEquals(withHeaders({ "Transfer-Encoding": "chunked" }), 413);
  assertEquals(withHeaders({ "Content-Length": "0" }), "page");
});

Deno.test("other versions of HTTP are others", () => {
  const versions = ["0.9", "2.0", "3.0", "11.1"];
  assertEquals(
    versions.map((httpVersion) => leadsTo("/", { httpVersion })),
    versions.map(() => 505),
  );
});

Deno.test("who wants something else than a WebSocket gets a page, and at its place, to hear so", () => {
  const h2c = { headers: { Upgrade: "h2c" }, isUpgrade: true };
  assertEquals([leadsTo("/", h2c), leadsTo("/websocket", h2c)], ["page", 426]);
  assertEquals(leadsTo("/", { headers: WEB_SOCKET, isUpgrade: true }), "page");
});

Deno.test("what a proxy has left of a WebSocket's request is told to be too little", () => {
  assertEquals(leadsTo("/websocket"), 426);
  // Without `Connection: upgrade`.
  assertEquals(leadsTo("/websocket", { headers: WEB_SOCKET }), 426);
  assertEquals(webSocket("/websocket", { httpVersion: "1.0" }), 426);
  assertEquals(webSocket("/websocket", { method: "HEAD" }), 426);
  for (const wrong of ["8", "14", "", "13, 13", "0x0d"]) {
    const headers = { ...WEB_SOCKET, "Sec-WebSocket-Version": wrong };
    assertEquals(webSocket("/websocket", { headers }), 426);
  }
});
