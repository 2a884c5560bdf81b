import { TcpConnection } from "../../../src/server/tcp_connection.ts";
import { sayPreamble } from "../../support/vencrypt_preamble.ts";
import { TestViewer } from "../../support/test_viewer.ts";

/** Takes one connection, says what comes before TLS to a server, and joins the two. */
export class Preamble implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #done: Promise<unknown>;

  /** @param subtype Of VeNCrypt; X509None when left out. */
  constructor(port: number, subtype = 260) {
    this.#done = this.#join(port, subtype).catch(() => {});
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async #join(port: number, subtype: number): Promise<void> {
    const client = await this.#listener.accept();
    const server = await Deno.connect({ hostname: "127.0.0.1", port });
    const viewer = new TestViewer(new TcpConnection(server));
    await sayPreamble(viewer, subtype);
    await Promise.allSettled([
      client.readable.pipeTo(server.writable),
      server.readable.pipeTo(client.writable),
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#done;
  }
}
