import type { Page } from "playwright-core";

/**
 * Tells of everything that goes wrong in a page: errors on the console (also those of a violated
 * Content-Security-Policy), errors that nobody caught, and requests to others than its server.
 * @param host The server's: `127.0.0.1:5900`.
 */
export function watch(page: Page, host: string, complain: (what: string) => void): void {
  page.on("console", (message) => {
    if (message.type() === "error") complain(`on the console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`not caught: ${error.stack ?? error.message}`));
  page.on("crash", () => complain("the page has crashed"));
  const requested = (address: string) => {
    const url = new URL(address);
    // A data: or blob: URL is the page's own.
    if (url.host !== "" && url.host !== host) complain(`a request to ${address}`);
  };
  page.on("request", (request) => requested(request.url()));
  page.on("websocket", (socket) => requested(socket.url()));
}
