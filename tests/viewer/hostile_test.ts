import { assert, assertEquals } from "@std/assert";
import { Random } from "../support/random.ts";
import { Session, turn } from "../support/session.ts";

/** What a viewer may not send, and what the log says of it. */
const HOSTILE: readonly (readonly [name: string, bytes: number[], logged: string])[] = [
  ["an unknown message", [99], "unknown message type 99"],
  ["FixColourMapEntries, which no version has", [1, 0, 0, 0, 0, 0], "unknown message type 1"],
  ["24 bits per pixel", [0, 0, 0, 0, 24, 24, 0, 1, ...new Array(12).fill(0)], "24 bits per pixel"],
  ["a colour maximum of 0", [0, 0, 0, 0, 32, 24, 0, 1, ...new Array(12).fill(0)], "maximum is 0"],
];

for (const [name, bytes, logged] of HOSTILE) {
  Deno.test(`${name} closes that viewer alone`, async () => {
    await using session = new Session();
    const other = await session.viewer();
    const viewer = await session.viewer();
    await viewer.write(...bytes);
    assert(await viewer.closed());
    await session.untilLogged(`closed: `);
    assert(session.logged(logged), session.log.join("\n"));
    await other.request(false);
    await other.update();
  });
}

Deno.test("a peer's bytes can't forge lines of the log", async () => {
  await using session = new Session();
  const viewer = session.connect();
  await viewer.read(12);
  await viewer.write(...new TextEncoder().encode("RFB\n003\n008\n"));
  assert(await viewer.closed());
  await session.untilLogged("closed");
  assert(session.log.every((line) => !line.includes("\n")));
});

Deno.test("a clipboard text over the limit is refused, and the viewer stays", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  const length = (1 << 20) + 1;
  await viewer.write(6, 0, 0, 0, 0, length >> 16, length >> 8 & 255, length & 255);
  for (let sent = 0; sent < length; sent += 1 << 16) {
    await viewer.write(...new Array(Math.min(1 << 16, length - sent)).fill(0x41));
  }
  await viewer.request(false);
  await viewer.update();
  assert(session.logged(`${length} bytes of clipboard refused`));
  assertEquals(session.desktop.input, []);
});

/** The extensions that change what a viewer may send. */
const EXTENSIONS = [-239, -257, -258, -308, -309, -312, -313, -316, 0xc0a1e5ce | 0];

for (const [name, encodings] of [["the handshake", []], ["SetEncodings", EXTENSIONS]] as const) {
  Deno.test(`random bytes after ${name} do no harm to anybody else`, async () => {
    await using session = new Session({ maxViewers: 300 });
    const other = await session.viewer();
    for (let seed = 1; seed <= 200; seed++) {
      const random = new Random(seed);
      const viewer = await session.viewer();
      await viewer.setEncodings(...encodings);
      // Mostly known message types, so that the parsers behind them are reached.
      const types = [0, 2, 3, 4, 5, 6, 150, 248, 250, 251, 255];
      const bytes = Array.from({ length: 200 }, () => {
        const kind = random.below(3);
        return kind === 0 ? random.below(256) : kind === 1 ? types[random.below(11)]! : 0;
      });
      await viewer.write(...bytes).catch(() => {});
      viewer.close();
    }
    await other.request(false);
    await other.update();
    // Each of them goes, for what it sent or because it has left.
    const ended = () => session.log.filter((line) => /: (gone|closed)/.test(line)).length;
    for (let i = 0; i < 1000 && ended() < 200; i++) await turn();
    assertEquals(ended(), 200);
    assert(!session.logged("fault"), session.log.find((line) => line.includes("fault")));
  });
}

Deno.test("random bytes in place of the handshake do no harm to anybody else", async () => {
  await using session = new Session();
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed);
    const viewer = session.connect();
    const start = random.below(2) ? [...new TextEncoder().encode("RFB 003.008\n")] : [];
    await viewer.write(...start, ...Array.from({ length: 40 }, () => random.below(256))).catch(
      () => {},
    );
    viewer.close();
  }
  const viewer = await session.viewer();
  await viewer.request(false);
  await viewer.update();
  assert(!session.logged("fault"), session.log.find((line) => line.includes("fault")));
});
