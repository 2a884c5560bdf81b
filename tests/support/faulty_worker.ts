// A Worker of a WorkerPool whose encoders have faults.

import type { EncodedRect, Encoder } from "../../src/encodings/encoding.ts";
import { serveJobs } from "../../src/encodings/pool/serve_jobs.ts";
import type { Framebuffer } from "../../src/frame/framebuffer.ts";
import { DIES, DIES_ONCE, THROWS, WORKS } from "./faults.ts";

/** What no encoder may return, and a thread doesn't survive. */
const DEADLY = [{ rect: { x: 0, y: 0, width: 1, height: 1 } }] as EncodedRect[];

const encoders: Record<number, (frame: Framebuffer) => EncodedRect[]> = {
  [THROWS]: () => {
    throw new RangeError("no such colour");
  },
  [DIES]: () => DEADLY,
  // The pixels are shared, so the next thread sees what this one leaves there.
  [DIES_ONCE]: ({ pixels }) => pixels[0]!++ === 0 ? DEADLY : [],
  [WORKS]: () => [],
};

serveJobs(
  new Map(
    Object.entries(encoders).map(([number, encode]): [number, Encoder] => {
      const id = Number(number);
      return [id, { id, name: "faulty", encode }];
    }),
  ),
);
