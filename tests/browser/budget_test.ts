import { assert, assertEquals } from "@std/assert";
import type { Request, WebSocket } from "playwright-core";
import { startServer } from "../viewers/support/server.ts";
import { Chromium } from "./support/chromium.ts";

const chromium = new Chromium();

/** So many bytes may come over the line until the page is there. */
const BUDGET = 300_000;

for (const scheme of ["http", "https"]) {
  Deno.test(`the page comes by one small answer over ${scheme}, and then a WebSocket`, async () => {
    await using server = await startServer({});
    const url = `${scheme}://127.0.0.1:${server.port}/`;
    await using page = await chromium.open(url);
    await page.reaches("connected");
    const requests: Request[] = [];
    const sockets: WebSocket[] = [];
    page.context.on("request", (request) => requests.push(request));
    page.page.on("websocket", (socket) => sockets.push(socket));
    const devTools = await page.context.newCDPSession(page.page);
    await devTools.send("Network.setCacheDisabled", { cacheDisabled: true });
    const response = (await page.page.reload())!;
    await page.reaches("connected");
    assertEquals(requests.map((request) => request.url()), [url]);
    const websocket = `${url.replace("http", "ws")}websocket`;
    assertEquals(sockets.map((socket) => socket.url()), [websocket]);
    await response.finished();
    const { responseBodySize, responseHeadersSize } = await response.request().sizes();
    assert(responseBodySize > 0);
    assert(responseBodySize + responseHeadersSize < BUDGET, `${responseBodySize} bytes`);
    // It is compressed.
    assert(responseBodySize < 0.6 * (await response.body()).length);
  });
}
