import { TcpConnection } from "../../../src/server/tcp_connection.ts";
import { u32 } from "../../support/bytes.ts";
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
    await viewer.read(12);
    await viewer.send([...new TextEncoder().encode("RFB 003.008\n")]);
    await viewer.read((await viewer.read(1))[0]!);
    await viewer.write(19);
    await viewer.read(2);
    await viewer.write(0, 2);
    const [, count] = await viewer.read(2);
    await viewer.read(4 * count!);
    await viewer.send(u32(subtype));
    await viewer.read(1);
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
