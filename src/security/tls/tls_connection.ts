import { type SecureContext, TLSSocket } from "node:tls";
import type { Socket } from "node:net";
import { messageOf } from "../../log.ts";
import { Carrier } from "../../rfb/carrier.ts";
import type { Connection, Endpoint } from "../../rfb/connection.ts";
import { ConnectionClosed, ProtocolError } from "../../rfb/errors.ts";
import { Incoming } from "../../rfb/incoming.ts";

/** What such an end may mean, for whoever reads the log. */
const HINT = "as viewers do that don't know the certificate";

/** TLS, as the server, over another connection that is in use already. */
export class TlsConnection implements Connection {
  readonly peer: string;
  readonly remote: Endpoint;
  readonly local: Endpoint;
  readonly isPrivate = true;
  readonly #carrier: Carrier;
  readonly #socket: TLSSocket;
  readonly #incoming: Incoming;
  #secured = false;
  /** Whether anything has come behind the handshake. */
  #heard = false;

  /**
   * @param connection What to encrypt; nobody else may read or write it from now on.
   * @param context The certificate and its key.
   */
  constructor(connection: Connection, context: SecureContext) {
    this.peer = connection.peer;
    this.remote = connection.remote;
    this.local = connection.local;
    this.#carrier = new Carrier(connection);
    this.#incoming = new Incoming(this.#carrier);
    this.#socket = new TLSSocket(this.#carrier as unknown as Socket, {
      isServer: true,
      secureContext: context,
    });
    const fail = (error: Error) => this.#incoming.end(reasonOf(error));
    // Errors without a listener end the process; so even those that come after the end have one.
    this.#carrier.on("error", fail);
    this.#socket
      // What is wrong behind the handshake is told so, and not as an error: node:tls leaves that to
      // the server that it thinks the socket belongs to.
      .on("_tlsError", fail)
      .on("error", fail)
      .on("close", () => this.#incoming.end(closed()))
      .on("end", () => this.#incoming.end())
      .on("secure", () => {
        this.#secured = true;
        this.#incoming.arrived();
      })
      .on("readable", () => this.#incoming.arrived());
  }

  /**
   * Waits for the TLS handshake.
   * @returns The version of TLS, as node:tls names it: `TLSv1.3`.
   * @throws {ProtocolError} When what the peer says is no TLS, or not what is wanted.
   * @throws {ConnectionClosed} When the peer closes before it is done.
   */
  async secured(): Promise<string> {
    while (!this.#secured) {
      if (await this.#incoming.more()) continue;
      throw new ConnectionClosed(`closed inside the TLS handshake, ${HINT}`);
    }
    return this.#socket.getProtocol()!;
  }

  /** @throws {ConnectionClosed} When it is broken, or the peer has closed it without a word. */
  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const chunk: Uint8Array | null = this.#socket.read();
      if (chunk !== null) {
        this.#heard = true;
        return chunk;
      }
      if (await this.#incoming.more()) continue;
      if (this.#heard) return null;
      throw new ConnectionClosed(`closed right behind the TLS handshake, ${HINT}`);
    }
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error) reject(this.#incoming.failure ?? new ConnectionClosed(messageOf(error)));
        else resolve();
      });
    });
  }

  close(): void {
    this.#incoming.end(closed());
    this.#socket.destroy();
    this.#carrier.destroy();
  }
}

function closed(): ConnectionClosed {
  return new ConnectionClosed("the connection is closed");
}

/**
 * What a peer says that doesn't trust the certificate (RFC 8446 §6.2), as browsers don't before they
 * ask.
 */
const UNTRUSTED = /alert: (UnknownCA|CertificateUnknown|BadCertificate)/;

/** What went wrong below is told as it is; the rest is something that the peer said. */
function reasonOf(error: Error): Error {
  if (error instanceof ConnectionClosed) return error;
  if (UNTRUSTED.test(error.message)) {
    return new ConnectionClosed("it doesn't trust the certificate, or asks whether to");
  }
  return new ProtocolError(`TLS: ${error.message}`);
}
