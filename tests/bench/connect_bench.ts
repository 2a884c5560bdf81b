// How long somebody who connects waits: for the greeting, and for the first picture.

import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { userInterface } from "../support/pictures.ts";
import { Session } from "../support/session.ts";
import { TestViewer } from "../support/test_viewer.ts";

const WIDTH = 1920;
const HEIGHT = 1080;

const desktop = new FakeDesktop(WIDTH, HEIGHT);
desktop.screen.pixels.set(userInterface(WIDTH, HEIGHT).pixels);
const session = new Session({ maxViewers: 1000 }, desktop);
const port = session.server.listen("127.0.0.1", 0)[0]!.port;

async function connect(): Promise<TestViewer> {
  return new TestViewer(new TcpConnection(await Deno.connect({ hostname: "127.0.0.1", port })));
}

Deno.bench("greeting", async (bench) => {
  bench.start();
  const viewer = await connect();
  await viewer.read(12);
  bench.end();
  viewer.close();
});

for (const [name, encoding] of [["Hextile", 5], ["ZRLE", 16]] as const) {
  Deno.bench(`first picture, ${WIDTH}x${HEIGHT}, ${name}, decoded`, { n: 10 }, async (bench) => {
    bench.start();
    const viewer = await connect();
    await viewer.login();
    await viewer.setEncodings(encoding);
    await viewer.request(false);
    await viewer.update();
    bench.end();
    viewer.close();
  });
}
