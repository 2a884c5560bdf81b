import { assert, assertEquals } from "@std/assert";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { RectEncoder } from "../../src/encodings/encoding.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { enableContinuousUpdates, fence } from "../support/client_extensions.ts";
import { ENCODERS } from "../support/encoders.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { Random } from "../support/random.ts";
import { Session } from "../support/session.ts";
import { TestViewer } from "../support/test_viewer.ts";
import { type LinkTraits, ThrottledLink } from "../support/throttled_link.ts";
import { until } from "../support/until.ts";

const RAW = 0;
const TIGHT = 7;
const QUALITY_92 = -420;
const FENCE = -312;
const CONTINUOUS_UPDATES = -313;
const REQUEST = 2 ** 31;

/** Milliseconds from one frame of the video to the next. */
const FRAME_TIME = 33;

/** A desktop that plays a video, counts its frames in a corner, and answers keys in another. */
class VideoDesktop extends FakeDesktop implements Disposable {
  static readonly VIDEO: Rect = { x: 0, y: 0, width: 120, height: 64 };
  static readonly FRAME_NUMBER: Rect = { x: 0, y: 64, width: 8, height: 8 };
  static readonly ECHO: Rect = { x: 112, y: 72, width: 8, height: 8 };

  /** Frames shown so far. */
  frames = 0;
  /** The longest time by which one was late, as this process or the machine was busy. */
  lateness = 0;
  /** Noise is what no encoder makes small. */
  readonly #random = new Random(3);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super(120, 80);
    this.#play(performance.now());
  }

  #play(due: number): void {
    this.lateness = Math.max(this.lateness, performance.now() - due);
    this.frames++;
    this.paint(VideoDesktop.VIDEO, () => this.#random.bits() >>> 8);
    this.paint(VideoDesktop.FRAME_NUMBER, this.frames);
    const next = performance.now() + FRAME_TIME;
    this.#timer = setTimeout(() => this.#play(next), FRAME_TIME);
  }

  override key(keysym: number, down: boolean): void {
    super.key(keysym, down);
    if (down) this.paint(VideoDesktop.ECHO, keysym);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/** Follows the screen as long as it is open. */
class Watcher {
  readonly viewer: TestViewer;
  readonly #desktop: VideoDesktop;
  /** By how many frames the viewer was behind, at each update. */
  readonly behind: number[] = [];
  readonly ended: Promise<unknown>;

  private constructor(viewer: TestViewer, desktop: VideoDesktop, fences: boolean) {
    this.viewer = viewer;
    this.#desktop = desktop;
    this.ended = this.#follow(fences).catch(() => {});
  }

  static async connect(port: number, desktop: VideoDesktop, encodings: readonly number[]) {
    const connection = new TcpConnection(await Deno.connect({ hostname: "127.0.0.1", port }));
    const viewer = new TestViewer(connection);
    await viewer.login();
    await viewer.setEncodings(...encodings);
    await viewer.request(false);
    return new Watcher(viewer, desktop, encodings.includes(FENCE));
  }

  async #follow(fences: boolean): Promise<never> {
    const { viewer } = this;
    if (fences) await viewer.send(enableContinuousUpdates(true, viewer.picture.bounds));
    for (;;) {
      const update = await viewer.receive();
      if (update !== undefined) {
        this.behind.push(this.#desktop.frames - this.pixel(VideoDesktop.FRAME_NUMBER));
        if (!fences) await viewer.request(true);
      }
      for (const event of viewer.events.splice(0)) {
        if (event.type !== "fence" || event.flags < REQUEST) continue;
        await viewer.send(fence(event.flags - REQUEST, event.payload));
      }
    }
  }

  pixel({ x, y }: Rect): number {
    return this.viewer.picture.pixels[y * this.viewer.picture.stride + x]!;
  }

  /** Presses a key, and measures how many milliseconds it takes until that is seen. */
  async echo(keysym: number): Promise<number> {
    const pressed = performance.now();
    await this.viewer.key(keysym, true);
    await until("the key's echo", () => this.pixel(VideoDesktop.ECHO) === keysym || undefined);
    return performance.now() - pressed;
  }
}

/** A viewer's encodings, and the part of the line that it uses at least. */
const VIEWERS = {
  "with Fence and ContinuousUpdates": { encodings: [RAW, FENCE, CONTINUOUS_UPDATES], use: 0.8 },
  // While it asks the line rests.
  "that asks for each update": { encodings: [RAW], use: 0.4 },
};

for (const [name, { encodings, use }] of Object.entries(VIEWERS)) {
  Deno.test(`while video fills a slow line, keys echo at once on a viewer ${name}`, async () => {
    const traits: LinkTraits = { rate: 250, delay: 40, buffer: 256 * 1024 };
    using desktop = new VideoDesktop();
    await using session = new Session({}, desktop);
    const [address] = session.server.listen("127.0.0.1", 0);
    using link = new ThrottledLink(address!.port, traits);
    const watcher = await Watcher.connect(link.port, desktop, encodings);
    await until("the first frames", () => watcher.behind.length > 5 || undefined);

    const echoes: number[] = [];
    const [before, began] = [link.delivered, performance.now()];
    for (let n = 1; n <= 10; n++) {
      echoes.push(Math.round(await watcher.echo(n)));
      // Not in step with anything.
      await new Promise((resolve) => setTimeout(resolve, 40 + 17 * n % 100));
    }
    const used = (link.delivered - before) / (performance.now() - began) / traits.rate;

    // There and back, behind what is on the line and what else is new, and what both ends take.
    const { width, height } = VideoDesktop.VIDEO;
    const frame = width * height * 4 / traits.rate;
    const bound = 2 * traits.delay + 4 * frame + 150 + 2 * desktop.lateness;
    assert(Math.max(...echoes) < bound, `${echoes} ms; at most ${bound}`);
    assert(Math.max(...watcher.behind) < bound / FRAME_TIME, `${watcher.behind} frames behind`);
    assert(used > use, `used ${used} of the line`);
    watcher.viewer.close();
    await watcher.ended;
  });
}

for (const extensions of [[FENCE, CONTINUOUS_UPDATES], []]) {
  const name = extensions.length > 0 ? "with" : "without";
  Deno.test(`the quality falls on a slow line, and comes back with the line, ${name} Fence`, async () => {
    const traits: LinkTraits = { rate: 5000, delay: 10, buffer: 64 * 1024 };
    using desktop = new VideoDesktop();
    let quality: number | undefined;
    const here = encodeHere(ENCODERS);
    const encoder: RectEncoder = {
      encode(frame, rect, coding) {
        quality = coding.settings.quality ?? quality;
        return here.encode(frame, rect, coding);
      },
    };
    await using session = new Session({}, desktop, undefined, encoder);
    const [address] = session.server.listen("127.0.0.1", 0);
    using link = new ThrottledLink(address!.port, traits);
    const watcher = await Watcher.connect(link.port, desktop, [TIGHT, QUALITY_92, ...extensions]);
    await until("30 updates", () => watcher.behind.length > 30 || undefined);
    assertEquals(quality, 92);

    // Two frames a second, in that quality.
    const frame = await until("a frame's size", () => link.delivered / desktop.frames || undefined);
    traits.rate = frame * 2 / 1000;
    await until("a lower quality", () => quality! <= 55 || undefined);
    const updates = watcher.behind.length;
    await until("10 updates", () => watcher.behind.length > updates + 10 || undefined);

    traits.rate = 5000;
    await until("the quality as before", () => quality === 92 || undefined);
    watcher.viewer.close();
    await watcher.ended;
  });
}
