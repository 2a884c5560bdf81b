import { assert, assertEquals } from "@std/assert";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { WorkerPool } from "../../src/encodings/pool/worker_pool.ts";
import { BLOCK } from "../../src/encodings/blocks.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { createLogger } from "../../src/log.ts";
import { ENCODERS } from "../support/encoders.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { noise } from "../support/pictures.ts";
import { Random } from "../support/random.ts";
import { sees, Session, turn } from "../support/session.ts";
import { until } from "../support/until.ts";

const WORKER = new URL("../support/encoding_worker.ts", import.meta.url);
const ENCODINGS = [ENCODING.Tight, ENCODING.ZRLE, ENCODING.Zlib, ENCODING.Hextile];
const VIEWERS = 60;
const THREADS = 1;
/** Room for two pieces that wait: if any were lost, the last viewer's couldn't go to the threads. */
const ROOM = 2 * BLOCK.width * BLOCK.height * 4;

Deno.test("viewers that leave while threads encode for them leave nothing behind", async () => {
  const log: string[] = [];
  let threads = 0;
  const here = encodeHere(ENCODERS);
  let encodedHere = 0;
  using pool = new ClosingPool({
    startWorker: () => {
      threads++;
      return new Worker(WORKER, { type: "module" });
    },
    here: {
      encode: (...args) => {
        encodedHere++;
        return here.encode(...args);
      },
      isQuick: () => false,
    },
    log: createLogger("debug", (line) => log.push(line)),
    threads: THREADS,
    maxBytes: ROOM,
  });
  const desktop = new FakeDesktop(1024, 768);
  // It is started by the first picture there is.
  await pool.encode(desktop.screen, { x: 0, y: 0, width: 1, height: 1 }, {
    encoding: ENCODING.Raw,
    format: NATIVE_FORMAT,
    settings: {},
  });
  await until("a thread encodes", () => log.find((line) => line.includes("encoding on")));
  await using session = new Session({ maxViewers: VIEWERS }, desktop, undefined, pool);
  const picture = noise(1024, 768).pixels;
  const random = new Random(1);
  for (let i = 0; i < VIEWERS; i++) {
    const viewer = await session.viewer();
    await viewer.setEncodings(ENCODINGS[i % ENCODINGS.length]!);
    desktop.paint(desktop.screen.bounds, (x, y) => picture[y * 1024 + x]! ^ i);
    await viewer.request(false);
    for (let n = random.below(4); n > 0; n--) await turn();
    viewer.close();
  }
  const gone = () => session.log.filter((line) => line.includes(": gone")).length;
  await until("all are gone", () => gone() === VIEWERS || undefined);
  assert(!session.logged("fault"), session.log.find((line) => line.includes("fault")));
  assertEquals(threads, THREADS);

  encodedHere = 0;
  const last = await session.viewer();
  await last.setEncodings(ENCODING.ZRLE);
  await last.follow(() => sees(last, desktop));
  const pieces = Math.ceil(1024 / BLOCK.width) * Math.ceil(768 / BLOCK.height);
  assert(encodedHere < pieces, `${encodedHere} of ${pieces} were encoded on the main thread`);
});

class ClosingPool extends WorkerPool implements Disposable {
  [Symbol.dispose](): void {
    this.close();
  }
}
