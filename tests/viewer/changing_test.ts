import { assert, assertEquals } from "@std/assert";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { RectEncoder } from "../../src/encodings/encoding.ts";
import { PIXEL_ENCODINGS } from "../../src/encodings/table.ts";
import type { PixelFormat } from "../../src/frame/pixel_format.ts";
import type { Connection } from "../../src/rfb/connection.ts";
import { enableContinuousUpdates, fence } from "../support/client_extensions.ts";
import { ENCODERS } from "../support/encoders.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { photo, userInterface } from "../support/pictures.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";
import { Random } from "../support/random.ts";
import { sees, Session, turn } from "../support/session.ts";
import { TestViewer } from "../support/test_viewer.ts";

const COPY_RECT = 1;
const ZRLE = 16;
const ZYWRLE = 17;
const LAST_RECT = -224;
const CURSOR = -239;
const FENCE = -312;
const CONTINUOUS_UPDATES = -313;

/** A fence's flags, and what this viewer's own hold. */
const REQUEST = 2 ** 31;
const SYNC_NEXT = 4;
const OWN = [7];

/** Of few pixels, but cut into more blocks than are encoded ahead. */
const WIDTH = 30;
const HEIGHT = 8800;

/** Less than an update: the server has to wait in the middle of it. */
const CAPACITY = 4000;

/** A connection whose reader may do something else after some bytes of what it reads. */
class Interrupted implements Pick<Connection, "read" | "write" | "close"> {
  readonly #connection: Connection;
  /** What to do, and after how many bytes more. */
  #interruption: { after: number; act: () => Promise<void> } | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  interrupt(after: number, act: () => Promise<void>): void {
    this.#interruption = { after, act };
  }

  /** Forgets an interruption that hasn't happened. */
  resume(): void {
    this.#interruption = undefined;
  }

  async read(): Promise<Uint8Array | null> {
    const bytes = await this.#connection.read();
    const interruption = this.#interruption;
    if (interruption !== undefined && bytes !== null) {
      interruption.after -= bytes.length;
      if (interruption.after < 0) {
        this.#interruption = undefined;
        await interruption.act();
      }
    }
    return bytes;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#connection.write(bytes);
  }

  close(): void {
    this.#connection.close();
  }
}

/** Encodes at once, and gives the result later. */
function encodeLater(): RectEncoder {
  const encoder = encodeHere(ENCODERS);
  return {
    async encode(...args) {
      const rects = encoder.encode(...args);
      await turn();
      return rects;
    },
  };
}

/** A list of encodings as no sane viewer sends it. */
function randomEncodings(random: Random): number[] {
  const known = [...PIXEL_ENCODINGS.keys()];
  const list = Array.from(
    { length: 1 + random.below(4) },
    () => known[random.below(known.length)]!,
  );
  for (const id of [COPY_RECT, LAST_RECT, CURSOR, -317]) if (random.below(2) > 0) list.push(id);
  if (random.below(2) > 0) list.push(-256 + random.below(10));
  // Viewers of ZYWRLE take the quality that they asked for last to hold for what is on its way, too.
  if (!list.includes(ZYWRLE) && random.below(3) === 0) list.push(-32 + random.below(10));
  if (random.below(4) === 0) list.push(-512 + random.below(101), -768 + random.below(6));
  return list;
}

/** Changes something on the desktop: draws, or moves a part of it. */
function change(desktop: FakeDesktop, random: Random): void {
  const [width, height] = [1 + random.below(WIDTH / 2), 1 + random.below(HEIGHT / 2)];
  const to = { x: random.below(WIDTH - width), y: random.below(HEIGHT - height), width, height };
  if (random.below(3) === 0) {
    const x = random.below(WIDTH - width);
    const y = random.below(HEIGHT - height);
    desktop.move({ to, dx: to.x - x, dy: to.y - y });
  } else {
    const picture = (random.below(2) === 0 ? photo : userInterface)(width, height);
    const colour = random.bits() >>> 8;
    desktop.paint(
      to,
      (x, y) => picture.pixels[(y - to.y) * width + x - to.x]! ^ colour,
    );
  }
  const cursor = { width: 9, height: 5, hotX: 1, hotY: 2 };
  const pixels = Uint32Array.from({ length: 45 }, () => 0xff000000 | random.bits() >>> 8);
  desktop.cursor = { ...cursor, pixels };
  desktop.events.cursorChanged();
}

for (
  const [how, encoder] of [["here", encodeHere(ENCODERS)], ["elsewhere", encodeLater()]] as const
) {
  Deno.test(`formats and encodings change in the middle of updates that are encoded ${how}`, async () => {
    const random = new Random(77);
    const desktop = new FakeDesktop(WIDTH, HEIGHT);
    await using session = new Session({}, desktop, undefined, encoder);
    const [server, client] = connectionPair(CAPACITY);
    const served = session.server.serve(server);
    const connection = new Interrupted(client);
    const viewer = new TestViewer(connection);
    await viewer.login();
    change(desktop, random);

    const formats = Object.values(PIXEL_FORMATS);
    let interruptions = 0;
    for (let round = 0; round < 30; round++) {
      const { format } = viewer;
      let next: PixelFormat | undefined;
      // The first bytes of an update say that it is the one asked for, and that no other is under way.
      connection.interrupt(random.below(30_000), async () => {
        interruptions++;
        change(desktop, random);
        await viewer.setEncodings(...randomEncodings(random));
        if (random.below(3) === 0) return;
        next = formats[random.below(formats.length)]!;
        await viewer.setPixelFormat(next);
        // The rest of this update still is as before.
        viewer.format = format;
      });
      await viewer.request(random.below(3) > 0);
      await viewer.update();
      connection.resume();
      if (next !== undefined) {
        if (!next.trueColour) await viewer.event();
        viewer.format = next;
        await viewer.request(false);
        await viewer.update();
      }
      await viewer.follow(() => sees(viewer, desktop));
      change(desktop, random);
    }
    assert(interruptions > 10, `${interruptions}`);
    assertEquals(session.log.filter((line) => line.includes("fault")), []);
    client.close();
    await served;
  });
}

/** A viewer that changes its format at fences of its own, and answers the server's. */
class FencingViewer {
  readonly viewer: TestViewer;
  /** The format to come, while its fence isn't answered. */
  #next: PixelFormat | undefined;
  #handled = 0;

  constructor(viewer: TestViewer) {
    this.viewer = viewer;
  }

  get isChanging(): boolean {
    return this.#next !== undefined;
  }

  change(next: PixelFormat): Promise<unknown> {
    const { format } = this.viewer;
    this.#next = next;
    const fenced = this.viewer.send(fence(REQUEST + SYNC_NEXT, OWN));
    const changed = this.viewer.setPixelFormat(next);
    // All that comes before the answer still is as before.
    this.viewer.format = format;
    return Promise.all([fenced, changed]);
  }

  /** Takes messages until the connection is closed; fails then, or where it can't decode one. */
  async run(): Promise<never> {
    for (;;) await this.#receive();
  }

  async #receive(): Promise<void> {
    await this.viewer.receive();
    const events = this.viewer.events.slice(this.#handled);
    this.#handled += events.length;
    for (const event of events) {
      if (event.type !== "fence") continue;
      if (event.flags >= REQUEST) {
        await this.viewer.send(fence(event.flags % 8, event.payload));
      } else if (this.#next !== undefined) {
        this.viewer.format = this.#next;
        this.#next = undefined;
        await this.viewer.request(false);
      }
    }
  }
}

Deno.test("formats change in the middle of continuous updates, at fences", async () => {
  const random = new Random(78);
  const desktop = new FakeDesktop(WIDTH, HEIGHT);
  await using session = new Session({}, desktop);
  const viewer = await session.viewer({}, CAPACITY);
  await viewer.setEncodings(ZRLE, LAST_RECT, CURSOR, FENCE, CONTINUOUS_UPDATES);
  await viewer.send(enableContinuousUpdates(true, desktop.screen.bounds));
  const fencing = new FencingViewer(viewer);
  const running = fencing.run();
  const formats = Object.values(PIXEL_FORMATS);
  for (let round = 0; round < 40; round++) {
    change(desktop, random);
    if (!fencing.isChanging && random.below(2) > 0) {
      await fencing.change(formats[random.below(formats.length)]!);
    }
    for (let n = random.below(3); n > 0; n--) await Promise.race([turn(), running]);
  }
  while (fencing.isChanging || !sees(viewer, desktop)) await Promise.race([turn(), running]);
  viewer.close();
  await running.catch(() => {});
});

Deno.test("a viewer that doesn't list CopyRect any more gets what has moved before as pixels", async () => {
  const desktop = new FakeDesktop();
  desktop.paint(desktop.screen.bounds, (x, y) => x * 0x010203 + y * 77);
  await using session = new Session({}, desktop);
  const connect = async () => {
    const viewer = await session.viewer();
    await viewer.setEncodings(ZRLE, COPY_RECT);
    await viewer.request(false);
    await viewer.update();
    return viewer;
  };
  const [viewer, other] = [await connect(), await connect()];
  // Only this one waits for it, but both are told.
  await other.request(true);
  await turn();
  desktop.move({ to: { x: 20, y: 20, width: 30, height: 20 }, dx: 10, dy: 10 });
  assertEquals((await other.update()).rects.map(({ encoding }) => encoding), [COPY_RECT]);
  await viewer.setEncodings(ZRLE);
  await viewer.request(true);
  assertEquals((await viewer.update()).rects.map(({ encoding }) => encoding), [ZRLE]);
  assert(sees(viewer, desktop));
});
