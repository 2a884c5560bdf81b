// How much faster threads make a full screen, and what they leave to the main thread.

import { cutIntoBlocks } from "../../src/encodings/blocks.ts";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { RectEncoder } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { WorkerPool } from "../../src/encodings/pool/worker_pool.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { createLogger } from "../../src/log.ts";
import { ENCODERS } from "../support/encoders.ts";
import { photo, text } from "../support/pictures.ts";

const here = encodeHere(ENCODERS);
const coding = { encoding: ENCODING.ZRLE, format: NATIVE_FORMAT, settings: {} };

/** A pool that has started. */
function poolOf(threads: number): Promise<WorkerPool> {
  return new Promise((resolve) => {
    const pool = new WorkerPool({
      startWorker: () =>
        new Worker(new URL("../support/encoding_worker.ts", import.meta.url), { type: "module" }),
      here,
      log: createLogger("debug", () => resolve(pool)),
      threads,
    });
    const frame = photo(1, 1);
    pool.encode(frame, frame.bounds, coding);
  });
}

const encoders: [name: string, encoder: RectEncoder][] = [["no thread", here]];
for (const threads of [1, 2]) encoders.push([`threads: ${threads}`, await poolOf(threads)]);

for (const [group, picture] of Object.entries({ text, photo })) {
  const frame = picture(1920, 1080);
  for (const [name, encoder] of encoders) {
    Deno.bench(`${group} 1920x1080, ZRLE, ${name}`, { group, n: 10 }, async () => {
      const blocks = cutIntoBlocks(frame.bounds);
      await Promise.all(blocks.map((block) => encoder.encode(frame, block, coding)));
    });
  }
}
