import { Buffer } from "node:buffer";
import { Duplex } from "node:stream";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import type { Stream } from "./test_viewer.ts";

/** A TLS client over a stream. */
export interface TlsStream extends Stream {
  readonly socket: TLSSocket;
}

/**
 * Goes through the TLS handshake as a client that takes any certificate, unless told otherwise.
 * @throws {Error} When the server, or what the options say, doesn't let it.
 */
export async function startTlsClient(
  stream: Stream,
  options: ConnectionOptions = {},
): Promise<TlsStream> {
  const below = new Duplex({
    read() {
      stream.read().then(
        (chunk) => this.push(chunk && Buffer.from(chunk)),
        (error) => this.destroy(error),
      );
    },
    write(chunk, _encoding, done) {
      stream.write(chunk).then(() => done(), done);
    },
  });
  below.on("error", () => {});
  const socket = connect({ socket: below as never, rejectUnauthorized: false, ...options });
  await new Promise<void>((resolve, reject) => {
    socket.once("secureConnect", resolve).once("error", reject);
    socket.once("close", () => reject(new Error("closed inside the TLS handshake")));
  });
  socket.on("error", () => {});
  const chunks = socket[Symbol.asyncIterator]();
  return {
    socket,
    async read() {
      const { value, done } = await chunks.next();
      return done ? null : value;
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => error ? reject(error) : resolve());
      }),
    close() {
      socket.destroy();
      stream.close();
    },
  };
}
