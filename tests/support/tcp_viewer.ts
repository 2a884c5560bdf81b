import { connect } from "node:net";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { type Stream, TestViewer } from "./test_viewer.ts";

/** Between whom a connection is. */
export interface Ends {
  /** The server's address; 127.0.0.1 when left out. */
  readonly to?: string;
  /** The viewer's own address, one of this machine's; the system's choice when left out. */
  readonly from?: string;
}

/** An address of this machine that isn't one to itself; undefined where it has none. */
export const OWN_ADDRESS: string | undefined = Deno.networkInterfaces()
  .find(({ family, address }) => family === "IPv4" && !address.startsWith("127."))?.address;

/** A viewer that has connected to a port by TCP, and said nothing yet. */
export async function connectViewer(port: number, ends: Ends = {}): Promise<TestViewer> {
  const { to = "127.0.0.1", from } = ends;
  if (from !== undefined) return new TestViewer(await connectFrom(from, to, port));
  return new TestViewer(new TcpConnection(await Deno.connect({ hostname: to, port })));
}

/** A connection from an address of this machine: Deno's own TCP lets nobody choose that. */
export async function connectFrom(from: string, host: string, port: number): Promise<Stream> {
  const socket = connect({ host, port, localAddress: from });
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.on("error", () => {});
  const chunks = socket[Symbol.asyncIterator]();
  return {
    async read() {
      const { value, done } = await chunks.next();
      return done ? null : new Uint8Array(value);
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => error ? reject(error) : resolve());
      }),
    close: () => socket.destroy(),
  };
}
