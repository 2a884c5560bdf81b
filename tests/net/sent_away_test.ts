// What a page is told that has to go; by WebSockets, which need a permission: see web_socket_test.ts.

import { assertEquals, assertRejects } from "@std/assert";
import type { Door } from "../../src/server/server.ts";
import { Hosts } from "../../src/web/hosts.ts";
import { WebServer } from "../../src/web/web_server.ts";
import { fence } from "../support/client_extensions.ts";
import { littlePage } from "../support/little_page.ts";
import { Session, turn } from "../support/session.ts";
import type { Stream, TestViewer } from "../support/test_viewer.ts";
import { closeFrame, OPCODES, WebSocketClient } from "../support/web_socket_client.ts";

const silent = { error() {}, warn() {}, info() {}, debug() {} };
const web = new WebServer({
  hosts: new Hosts("box", []),
  page: littlePage,
  isTrusted: () => false,
  log: silent,
});

const byHttp: Door = async (connection) => {
  const inside = await web.serve(connection, false);
  return inside && { connection: inside, inBrowser: true };
};

/** A page's end of a WebSocket, which keeps what it's closed by. */
class Page implements Stream {
  readonly #socket: WebSocketClient;
  #farewell: Uint8Array | undefined;

  constructor(socket: WebSocketClient) {
    this.#socket = socket;
  }

  async read(): Promise<Uint8Array | null> {
    const { opcode, payload } = (await this.#socket.readFrame())!;
    if (opcode !== OPCODES.close) return payload;
    this.#farewell = payload;
    return null;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#socket.write(bytes);
  }

  /** Why the server closes. It has to wait then until that is answered. */
  async farewell(): Promise<string> {
    while (this.#farewell === undefined) await this.read();
    for (let i = 0; i < 20; i++) await turn();
    await this.#socket.send(closeFrame(4000));
    assertEquals(await this.#socket.readFrame(), null);
    const code = new DataView(this.#farewell.buffer, this.#farewell.byteOffset).getUint16(0);
    return `${code} ${new TextDecoder().decode(this.#farewell.subarray(2))}`;
  }

  close(): void {
    this.#socket.close();
  }
}

/** A page whose viewer has said nothing yet. */
async function open(
  session: Session,
  capacity?: number,
): Promise<{ viewer: TestViewer; page: Page }> {
  const viewer = session.connect(capacity, undefined, byHttp);
  let page: Page | undefined;
  await viewer.upgrade(async (stream) => page = new Page(await WebSocketClient.open(stream)));
  return { viewer, page: page! };
}

Deno.test("a page for which there is no room is told so", async () => {
  await using session = new Session({ sharing: "never", viewOnly: true });
  await session.viewer();
  const { viewer, page } = await open(session);
  await assertRejects(() => viewer.login(), Error, "closed the connection");
  assertEquals(await page.farewell(), "4000 another viewer is connected");
  await session.untilLogged("refused: another viewer is connected");
});

Deno.test("a page is told that another viewer wants to be alone, whatever it has just said", async () => {
  await using session = new Session({ sharing: "never" });
  const { viewer, page } = await open(session, 50);
  await viewer.login();
  // The key waits behind the fence's answer, and that until it's read.
  const answered = fence(0x80000002, new Array(60).fill(1));
  await viewer.send([...answered, 4, 1, 0, 0, 0, 0, 0, 0x61]);
  await session.viewer();
  assertEquals(await page.farewell(), "4000 another viewer asked to be alone with the desktop");
  assertEquals(session.desktop.input, []);
});
