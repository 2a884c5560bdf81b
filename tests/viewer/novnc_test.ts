import { assert } from "@std/assert";
import { FakeDesktop } from "../support/fake_desktop.ts";
import type { Picture } from "../support/jpeg.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { NoVnc } from "../support/novnc/novnc.ts";
import { photo, text } from "../support/pictures.ts";
import { Session, turn } from "../support/session.ts";

function same(a: Picture, b: Picture): boolean {
  return a.width === b.width && a.height === b.height &&
    a.pixels.every((rgb, i) => rgb === b.pixels[i]);
}

Deno.test("noVNC follows a screen with all the extensions that it knows", async () => {
  const desktop = new FakeDesktop(200, 150);
  desktop.screen.pixels.set(photo(200, 150).pixels);
  const words = text(100, 60);
  await using session = new Session({}, desktop);
  const [server, client] = connectionPair();
  const served = session.server.serve(server);
  const viewer = new NoVnc((bytes) => void client.write(bytes));
  const read = async () => {
    for (let bytes = await client.read(); bytes !== null; bytes = await client.read()) {
      viewer.receive(bytes);
    }
  };
  const reading = read();
  const shows = async () => {
    while (!same(viewer.picture, desktop.screen)) await Promise.race([turn(), reading]);
  };

  await shows();
  desktop.paint(
    { x: 20, y: 10, width: 100, height: 60 },
    (x, y) => words.pixels[(y - 10) * 100 + x - 20]!,
  );
  await shows();
  desktop.move({ to: { x: 30, y: 40, width: 100, height: 60 }, dx: 10, dy: 30 });
  await shows();
  desktop.resize(90, 170);
  desktop.paint(desktop.screen.bounds, (x, y) => x * y * 0x010305 & 0xffffff);
  await shows();
  assert(!session.logged("closed"), session.log.join("\n"));
  client.close();
  await Promise.allSettled([served, reading]);
});
