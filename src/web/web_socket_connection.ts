import type { Carrier } from "../rfb/carrier.ts";
import type { Connection, Endpoint } from "../rfb/connection.ts";
import type { Ends } from "../rfb/connection_view.ts";
import { ConnectionClosed, ProtocolError } from "../rfb/errors.ts";
import { Incoming } from "../rfb/incoming.ts";
import { SENT_AWAY } from "./sent_away.ts";
import type { WebSocketPeer } from "./ws.ts";

/**
 * Bytes of a message: browsers hand over nothing of one before all of it is there, so that a picture
 * would wait for its last pixel, and noVNC takes no more than 40 MB at once.
 */
const MESSAGE_SIZE = 64 * 1024;

/** Close codes of RFC 6455 §7.4.1. */
const NORMAL = 1000;
const UNSUPPORTED = 1003;
/** Stands for the lack of a close frame. */
const ABNORMAL = 1006;

/** A WebSocket as a stream of bytes: those of its binary messages, one after the other. */
export class WebSocketConnection implements Connection {
  readonly peer: string;
  readonly remote: Endpoint;
  readonly local: Endpoint;
  readonly isPrivate: boolean;
  readonly #socket: WebSocketPeer;
  readonly #carrier: Carrier;
  /** What one read of the connection below has brought; nothing more is read before it's taken. */
  readonly #messages: Uint8Array[] = [];
  readonly #incoming: Incoming;
  /** Whether the peer is being told why it is sent away. */
  #parting = false;
  #writing = false;

  /**
   * @param socket Just opened.
   * @param carrier What it is on; nobody else may read or write it from now on.
   * @param ends Who is really there.
   */
  constructor(socket: WebSocketPeer, carrier: Carrier, ends: Ends) {
    this.peer = ends.peer;
    this.remote = ends.remote;
    this.local = ends.local;
    this.isPrivate = ends.isPrivate;
    this.#socket = socket;
    this.#carrier = carrier;
    this.#incoming = new Incoming(carrier);
    const end = (failure?: Error) => this.#incoming.end(failure);
    socket
      .on("message", (data, isBinary) => this.#take(data, isBinary))
      .on("error", (error) => end(new ProtocolError(`WebSocket: ${error.message}`)))
      .on("close", (code) => end(code === ABNORMAL ? closed("without a word") : undefined));
    carrier
      .on("error", end)
      // Whoever has sent his close frame and all before it has nothing to wait for.
      .on("finish", () => carrier.destroy());
  }

  /**
   * @throws {ConnectionClosed} When it is broken, or the peer has closed it without a close frame.
   * @throws {ProtocolError} When the peer breaks the rules of WebSockets, or sends text.
   */
  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      if (!await this.#incoming.more()) return null;
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#parting) throw closed("here");
    this.#writing = true;
    try {
      await this.#send(bytes);
    } finally {
      this.#writing = false;
    }
  }

  close(reason?: string): void {
    // The peer's answer ends it, or the lack of one, soon.
    if (this.#parting) return;
    if (reason !== undefined && !this.#incoming.ended) {
      this.#part(reason);
      return;
    }
    this.#incoming.end(closed("here"));
    this.#messages.length = 0;
    // A peer that doesn't take what was written won't take a close frame either.
    if (this.#writing || this.#carrier.destroyed) {
      this.#carrier.destroy();
      return;
    }
    this.#socket.close(NORMAL);
    this.#carrier.end();
  }

  /** Behind what is being written, so that the peer comes to know. */
  #part(reason: string): void {
    this.#parting = true;
    this.#messages.length = 0;
    this.#socket.close(SENT_AWAY, reason);
  }

  #send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      for (let at = 0; at < bytes.length; at += MESSAGE_SIZE) {
        const isLast = at + MESSAGE_SIZE >= bytes.length;
        this.#socket.send(bytes.subarray(at, at + MESSAGE_SIZE), (error) => {
          if (error) reject(this.#reasonOf(error));
          else if (isLast) resolve();
        });
      }
      if (bytes.length === 0) resolve();
    });
  }

  /** Why something couldn't be sent. */
  #reasonOf(error: Error): Error {
    const { failure } = this.#incoming;
    // What ws itself has to say is that its state is another.
    return failure ?? (error instanceof ConnectionClosed ? error : closed("by the peer"));
  }

  #take(data: Uint8Array, isBinary: boolean): void {
    if (this.#incoming.ended || this.#parting) return;
    if (!isBinary) {
      this.#incoming.end(new ProtocolError("WebSocket: text, where RFB is bytes"));
      this.#socket.close(UNSUPPORTED);
      return;
    }
    if (data.length === 0) return;
    this.#messages.push(data);
    this.#incoming.arrived();
  }
}

function closed(how: string): ConnectionClosed {
  return new ConnectionClosed(`the connection was closed ${how}`);
}
