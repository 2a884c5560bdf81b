import { SENT_AWAY } from "../sent_away.ts";

/** The WebSocket to vncd, relative to the page, wherever a proxy has put it. */
export class DesktopSocket {
  /** It isn't this itself, as noVNC knows no other classes than the browser's. */
  readonly socket: WebSocket;
  #farewell: string | undefined;

  /** @param received Told of the bytes of each message. */
  constructor(received: (bytes: number) => void) {
    const url = new URL("websocket", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.socket = new WebSocket(url);
    this.socket.addEventListener("message", ({ data }) => {
      received((data as ArrayBuffer).byteLength);
    });
    // Before noVNC listens, which tells of the end.
    this.socket.addEventListener("close", ({ code, reason }) => {
      if (code === SENT_AWAY) this.#farewell = reason;
    });
  }

  /** Why the server has closed it, where the page isn't to come back by itself. */
  get farewell(): string | undefined {
    return this.#farewell;
  }
}
