import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { BLOCK } from "../../src/encodings/blocks.ts";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { EncodedRect, PixelCoding, RectEncoder } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { WorkerPool, type WorkerPoolOptions } from "../../src/encodings/pool/worker_pool.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { createLogger } from "../../src/log.ts";
import { ENCODERS } from "../support/encoders.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { DIES, DIES_ONCE, THROWS, WORKS } from "../support/faults.ts";
import { photo, userInterface } from "../support/pictures.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";
import { sees, Session } from "../support/session.ts";
import { until } from "../support/until.ts";

const LARGE: Rect = { x: 13, y: 7, width: 300, height: 200 };
const FRAME = photo(640, 480);
const BLACK = new Framebuffer(640, 480);
const ZRLE: PixelCoding = { encoding: ENCODING.ZRLE, format: NATIVE_FORMAT, settings: {} };

const WORKER = "../support/encoding_worker.ts";
const WASM_WORKER = "../support/wasm_worker.ts";
const FAULTY_WORKER = "../support/faulty_worker.ts";
const MISSING = "no_such_file.ts";

function startWorker(script: string): Worker {
  return new Worker(new URL(script, import.meta.url), { type: "module" });
}

/** A pool of two threads, and what it does here. */
class Rig implements Disposable {
  /** What was encoded on this thread. */
  readonly here: Rect[] = [];
  readonly log: string[] = [];
  workers = 0;
  readonly pool: WorkerPool;

  constructor(script = WORKER, options: Partial<WorkerPoolOptions> = {}) {
    const here = encodeHere(ENCODERS);
    this.pool = new WorkerPool({
      startWorker: () => {
        this.workers++;
        return startWorker(script);
      },
      here: {
        encode: (frame, rect, coding) => {
          this.here.push(rect);
          return coding.encoding === WORKS ? [] : here.encode(frame, rect, coding);
        },
        isQuick: ({ encoding }) => encoding === ENCODING.Hextile,
      },
      log: createLogger("debug", (line) => this.log.push(line)),
      threads: 2,
      ...options,
    });
  }

  /** One whose threads have all started. */
  static async ready(script?: string, options?: Partial<WorkerPoolOptions>): Promise<Rig> {
    const rig = new Rig(script, options);
    rig.pool.encode(FRAME, { x: 0, y: 0, width: 1, height: 1 }, {
      ...ZRLE,
      encoding: ENCODING.Raw,
    });
    await rig.logs("encoding on");
    rig.here.length = 0;
    return rig;
  }

  async logs(text: string): Promise<void> {
    await until(`the log says "${text}"`, () => this.log.find((line) => line.includes(text)));
  }

  /** Encodes a large rectangle, and fails unless that is done elsewhere. */
  encode(encoding: number, frame = FRAME): Promise<readonly EncodedRect[]> {
    const result = this.pool.encode(frame, LARGE, { ...ZRLE, encoding });
    assert(result instanceof Promise);
    return result;
  }

  [Symbol.dispose](): void {
    this.pool.close();
  }
}

/** What it would be encoded to on this thread, with plain arrays of bytes. */
function expected(frame: Framebuffer, coding: PixelCoding): EncodedRect[] {
  return plain(encodeHere(ENCODERS).encode(frame, LARGE, coding) as readonly EncodedRect[]);
}

/** node:zlib returns a kind of Uint8Array of its own. */
function plain(rects: readonly EncodedRect[]): EncodedRect[] {
  return rects.map((encoded) => {
    const { head, deflated } = encoded;
    const segment = deflated &&
      { deflated: { ...deflated, segment: Uint8Array.from(deflated.segment) } };
    return { ...encoded, head: Uint8Array.from(head), ...segment };
  });
}

Deno.test("threads that have to wait for a codec of vncd's own get their pixels all the same", async () => {
  using rig = await Rig.ready(WASM_WORKER);
  assertEquals(plain(await rig.encode(ENCODING.ZRLE)), expected(FRAME, ZRLE));
});

Deno.test("threads encode as it is done here, at the right place", async () => {
  using rig = await Rig.ready();
  for (const encoding of ENCODERS.keys()) {
    if (encoding === ENCODING.Raw || encoding === ENCODING.Hextile) continue;
    const codings = Object.values(PIXEL_FORMATS).flatMap((format) => [
      { encoding, format, settings: { compressLevel: 1 } },
      { encoding, format, settings: { quality: 60 } },
    ]);
    for (const frame of [userInterface(640, 480), FRAME]) {
      const results = codings.map((coding) => rig.pool.encode(frame, LARGE, coding));
      assert(results.every((result) => result instanceof Promise));
      for (const [i, result] of results.entries()) {
        assertEquals(plain(await result), expected(frame, codings[i]!));
      }
    }
  }
  assertEquals(rig.here, []);
});

Deno.test("it is the pixels of the time of the call that are encoded", async () => {
  using rig = await Rig.ready();
  const frame = photo(640, 480);
  const before = expected(frame, ZRLE);
  const results = Array.from({ length: 10 }, () => rig.encode(ENCODING.ZRLE, frame));
  frame.pixels.fill(0x123456);
  for (const result of results) assertEquals(plain(await result), before);
});

Deno.test("what is small, and raw pixels, are encoded at once", async () => {
  using rig = await Rig.ready();
  const small = { x: 5, y: 6, width: 128, height: 128 };
  assert(!(rig.pool.encode(FRAME, small, ZRLE) instanceof Promise));
  const raw = { ...ZRLE, encoding: ENCODING.Raw };
  assert(!(rig.pool.encode(FRAME, FRAME.bounds, raw) instanceof Promise));
  assertEquals(rig.here, [small, FRAME.bounds]);
});

Deno.test("what is quick is encoded at once, but for the rest of very much of it", async () => {
  using rig = await Rig.ready();
  const hextile = { ...ZRLE, encoding: ENCODING.Hextile };
  let here = 0;
  let result = rig.pool.encode(FRAME, LARGE, hextile);
  while (!(result instanceof Promise)) {
    assert(++here < 1000);
    result = rig.pool.encode(BLACK, LARGE, hextile);
  }
  // A picture of 1920x1080.
  assert(here * LARGE.width * LARGE.height > 1920 * 1080);
  assertEquals(rig.here.length, here);
  assertEquals(plain(await result), expected(BLACK, hextile));
});

Deno.test("nobody waits for threads that are starting", async () => {
  using rig = new Rig();
  assertEquals(rig.workers, 0);
  assert(!(rig.pool.encode(FRAME, LARGE, ZRLE) instanceof Promise));
  assertEquals([rig.workers, rig.here.length], [1, 1]);
  await rig.logs("encoding on 2 threads");
  assertEquals(rig.workers, 2);
});

Deno.test("jobs are done in the order of the calls", async () => {
  using rig = await Rig.ready(WORKER, { threads: 1 });
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => rig.encode(ENCODING.ZRLE).then(() => order.push(n))),
  );
  assertEquals(order, [...order.keys()]);
});

Deno.test("every thread has its share of the work", async () => {
  const jobs = new Map<Worker, number>();
  const startCounted = () => {
    const worker = startWorker(WORKER);
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (message: object) => {
      if ("coding" in message) jobs.set(worker, (jobs.get(worker) ?? 0) + 1);
      post(message);
    };
    return worker;
  };
  using rig = await Rig.ready(WORKER, { startWorker: startCounted });
  await Promise.all(Array.from({ length: 4 }, () => rig.encode(ENCODING.ZRLE)));
  assertEquals([...jobs.values()], [2, 2]);
});

Deno.test("what an encoder throws rejects its job alone", async () => {
  using rig = await Rig.ready(FAULTY_WORKER);
  const good = rig.encode(WORKS);
  const error = await assertRejects(() => rig.encode(THROWS), RangeError, "no such colour");
  assertStringIncludes(error.stack!, "faulty_worker.ts");
  assertEquals(await good, []);
  assertEquals(rig.workers, 2);
});

Deno.test("a thread that dies is replaced, and its jobs are tried again", async () => {
  using rig = await Rig.ready(FAULTY_WORKER, { threads: 1 });
  const results = [WORKS, DIES_ONCE, WORKS, WORKS].map((fault) => rig.encode(fault, BLACK));
  assertEquals(await Promise.all(results), [[], [], [], []]);
  assertEquals([rig.workers, rig.here.length], [2, 0]);
  await rig.logs("a thread for encoding ended");
});

Deno.test("a job that threads die of fails, and the others don't", async () => {
  using rig = await Rig.ready(FAULTY_WORKER, { threads: 1 });
  const [before, deadly, after] = [WORKS, DIES, WORKS].map((fault) => rig.encode(fault));
  await assertRejects(() => deadly!, Error, "encoding failed");
  assertEquals([await before, await after], [[], []]);
  assertEquals(rig.workers, 3);
});

Deno.test("without any thread all is encoded here", async () => {
  using missing = new Rig(MISSING);
  missing.pool.encode(FRAME, LARGE, ZRLE);
  await missing.logs("can't start a thread for encoding, all is encoded on the main one");
  using refused = new Rig(WORKER, {
    startWorker: () => {
      throw new Error("refused");
    },
  });
  for (const { pool } of [missing, refused]) {
    assertEquals(plain(await pool.encode(FRAME, LARGE, ZRLE)), expected(FRAME, ZRLE));
  }
  assertEquals(missing.workers, 1);
});

Deno.test("jobs of the last thread, which can't be replaced, are done here", async () => {
  let script = FAULTY_WORKER;
  const options = { threads: 1, startWorker: () => startWorker(script) };
  using rig = await Rig.ready(FAULTY_WORKER, options);
  script = MISSING;
  const results = [DIES_ONCE, WORKS, WORKS].map((fault) => rig.encode(fault, BLACK));
  await assertRejects(() => results[0]!, TypeError);
  assertEquals([await results[1], await results[2]], [[], []]);
  assertEquals(rig.here.length, 3);
});

Deno.test("pixels that wait take bounded memory: beyond that the caller has to encode", async () => {
  const piece = BLOCK.width * BLOCK.height * 4;
  using rig = await Rig.ready(WORKER, { maxBytes: 2 * piece });
  const jobs = [rig.encode(ENCODING.ZRLE), rig.encode(ENCODING.ZRLE)];
  assert(!(rig.pool.encode(FRAME, LARGE, ZRLE) instanceof Promise));
  await Promise.all(jobs);
  await rig.encode(ENCODING.ZRLE);
  // More pixels than a block.
  assert(!(rig.pool.encode(FRAME, FRAME.bounds, ZRLE) instanceof Promise));
});

Deno.test("closing rejects what isn't done", async () => {
  const rig = await Rig.ready();
  const jobs = Array.from({ length: 10 }, () => rig.encode(ENCODING.ZRLE));
  rig.pool.close();
  for (const job of jobs) await assertRejects(() => job, Error, "threads were ended");
  assert(!(rig.pool.encode(FRAME, LARGE, ZRLE) instanceof Promise));
  assertEquals(rig.workers, 2);
});

Deno.test("two viewers of a video get it exactly, and nothing large is encoded on the main thread", async () => {
  using rig = await Rig.ready();
  const encoder: RectEncoder = rig.pool;
  const desktop = new FakeDesktop(1024, 768);
  await using session = new Session({}, desktop, undefined, encoder);
  const viewers = [await session.viewer(), await session.viewer()];
  for (const viewer of viewers) await viewer.setEncodings(ENCODING.ZRLE);
  const picture = photo(1024, 768).pixels;
  for (let n = 0; n < 3; n++) {
    desktop.paint(desktop.screen.bounds, (x, y) => picture[(y + n) % 768 * 1024 + x]! ^ n);
    await Promise.all(viewers.map((viewer) => viewer.follow(() => sees(viewer, desktop))));
  }
  assertEquals(rig.here.filter(({ width, height }) => width * height > 128 * 128), []);
});
