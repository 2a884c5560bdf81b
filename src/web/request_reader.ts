import type { Buffer } from "node:buffer";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Carrier } from "../rfb/carrier.ts";
import { type Answer, refusal } from "./answer.ts";

/** Bytes of a request's head: browsers send 1 kB, and the cookies of whoever else has that name. */
const MAX_HEAD = 8 * 1024;

/** Milliseconds in which a request's head must be there: nobody types it. */
const HEAD_TIME = 10_000;

/** A request, of which the head has been read. */
export interface Received {
  readonly message: IncomingMessage;
  /** What came behind the head; undefined where the request doesn't ask to go on in another protocol. */
  readonly rest: Buffer | undefined;
}

/** Reads the head of one request a connection. It has node:http for that, whose answers it doesn't use. */
export class RequestReader {
  readonly #server: Server;
  readonly #headTime: number;
  /** Who waits for what comes. */
  readonly #takers = new WeakMap<Duplex, (result: Received | Answer) => void>();

  private constructor(server: Server, headTime: number) {
    this.#headTime = headTime;
    const take = (stream: Duplex, result: Received | Answer) => this.#takers.get(stream)?.(result);
    const plain = (message: IncomingMessage) => take(message.socket, { message, rest: undefined });
    const upgrade = (message: IncomingMessage, stream: Duplex, rest: Buffer) =>
      take(stream, { message, rest });
    this.#server = server
      .on("request", plain)
      .on("checkContinue", plain)
      .on("checkExpectation", plain)
      .on("upgrade", upgrade)
      .on("connect", upgrade)
      .on("clientError", (error: NodeJS.ErrnoException, stream) => take(stream, complaint(error)));
  }

  /**
   * Loads node:http.
   * @param headTime Milliseconds in which a request's head must be there.
   */
  static async load(headTime = HEAD_TIME): Promise<RequestReader> {
    const { createServer } = await import("node:http");
    // Which hosts there may be is checked by others.
    const options = { maxHeaderSize: MAX_HEAD, requireHostHeader: false };
    return new RequestReader(createServer(options), headTime);
  }

  /**
   * Reads no further than the bytes in which the head ends.
   * @returns An answer where what came is no request; undefined when the peer closes before.
   * @throws What the connection's `read` rejects with.
   */
  read(carrier: Carrier): Promise<Received | Answer | undefined> {
    return new Promise((resolve, reject) => {
      const done = (result?: Received | Answer) => {
        carrier.wanted = false;
        clearTimeout(timer);
        resolve(result);
      };
      const timer = setTimeout(() => {
        done(refusal(408, "the request's head takes too long"));
      }, this.#headTime);
      this.#takers.set(carrier, done);
      carrier
        .on("error", (error) => {
          clearTimeout(timer);
          reject(error);
        })
        .on("end", () => done())
        .on("close", () => done());
      this.#server.emit("connection", carrier);
      carrier.wanted = true;
    });
  }
}

function complaint({ code }: NodeJS.ErrnoException): Answer {
  return code === "HPE_HEADER_OVERFLOW"
    ? refusal(431, `the request's head is longer than ${MAX_HEAD} bytes`)
    : refusal(400, "this is no HTTP/1.1");
}
