import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

// What is used of the package ws, which comes without types.

/** One end of a WebSocket. */
export interface WebSocketPeer {
  on(event: "message", listener: (data: Buffer, isBinary: boolean) => void): this;
  on(event: "close", listener: (code: number) => void): this;
  on(event: "error", listener: (error: Error) => void): this;
  /** @param taken Called when the stream below has taken all of it, or has failed. */
  send(data: Uint8Array, taken: (error?: Error | null) => void): void;
  /** Sends a close frame, unless there was one already. */
  close(code: number, reason?: string): void;
}

/** Turns requests into WebSockets. */
export interface Upgrader {
  /** Answers the request: calls `opened` at once, or refuses it and ends the stream. */
  handleUpgrade(
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    opened: (socket: WebSocketPeer) => void,
  ): void;
}

/**
 * Bytes of a message. Where messages end means nothing in RFB: noVNC sends 10 kB at once, others what
 * they were given, as a whole clipboard of 1 MB.
 */
const MAX_MESSAGE = (1 << 20) + 1024;

/** Loads ws: with all its limits, as its own are meant for whatever somebody may do. */
export async function loadUpgrader(): Promise<Upgrader> {
  const { WebSocketServer } = await import("ws");
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // What is sent is compressed already.
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE,
    // Each may hold all that came with it: browsers make few fragments or none, networks few small ones.
    maxFragments: 256,
    maxBufferedChunks: 4096,
    // Pings of a peer that doesn't read their answers.
    maxPendingAutoPongs: 16,
    // Milliseconds until a peer that doesn't take the close frame is left alone.
    closeTimeout: 1000,
    handleProtocols: (offered: Set<string>) => offered.has("binary") && "binary",
  });
}
