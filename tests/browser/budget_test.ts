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
    await devTools.send("Network.enable");
    await devTools.send("Network.setCacheDisabled", { cacheDisabled: true });
    let transferred = 0;
    devTools.on("Network.loadingFinished", ({ encodedDataLength }) => {
      transferred += encodedDataLength;
    });
    const response = (await page.page.reload())!;
    await page.reaches("connected");
    assertEquals(requests.map((request) => request.url()), [url]);
    const websocket = `${url.replace("http", "ws")}websocket`;
    assertEquals(sockets.map((socket) => socket.url()), [websocket]);
    await response.finished();
    assert(transferred > 0 && transferred < BUDGET, `${transferred} bytes`);
    // It is compressed.
    const { length } = await response.body();
    assert(transferred < 0.6 * length, `${transferred} bytes of ${length}`);
  });
}
