import { assert, assertEquals } from "@std/assert";
import {
  createIndexer,
  INDEXER_WORK_BYTES,
  indexPlainly,
} from "../../../../src/encodings/tight/kernels/indexed.ts";
import { packBits } from "../../../../src/encodings/tight/pack_bits.ts";
import { MemoryPlan } from "../../../../src/frame/kernels/kernel.ts";
import { Random } from "../../../support/random.ts";

const MAX_PIXELS = 100 * 100;

const plan = new MemoryPlan();
const work = plan.room(INDEXER_WORK_BYTES);
const indices = plan.room(MAX_PIXELS);
const bits = plan.room(MAX_PIXELS);
const pixels = plan.room(4 * MAX_PIXELS);
const memory = plan.memory();
const indexer = createIndexer(memory, indices, bits, work);

/** Runs of random length of random ones of so many colours. */
function runs(random: Random, length: number, colours: number, maxRun: number): Uint32Array {
  const values = new Uint32Array(memory.buffer, pixels, length);
  const palette = Uint32Array.from({ length: colours }, () => random.bits());
  for (let at = 0; at < length;) {
    const end = at + 1 + random.below(maxRun);
    values.fill(palette[random.below(colours)]!, at, end);
    at = end;
  }
  return values;
}

Deno.test("the kernel numbers colours as the plain version does", () => {
  const random = new Random(1);
  let tooMany = 0;
  for (let round = 0; round < 300; round++) {
    const colours = 1 + random.below(random.below(2) === 0 ? 4 : 300);
    const values = runs(random, 1 + random.below(MAX_PIXELS), colours, 1 + random.below(60));
    const limit = 1 + random.below(256);
    const indexed = indexer.index(values, limit);
    assertEquals(indexed, indexPlainly(values, limit));
    if (indexed === undefined) tooMany++;
  }
  assert(tooMany > 20 && tooMany < 280, `${tooMany}`);
});

Deno.test("the kernel packs bits as the plain version does", () => {
  const random = new Random(2);
  for (let round = 0; round < 200; round++) {
    const [width, height] = [1 + random.below(100), 1 + random.below(100)];
    const values = runs(random, width * height, 2, 1 + random.below(20));
    const { indices } = indexer.index(values, 2)!;
    assertEquals(indexer.packBits(indices, width), packBits(indices, width, 1));
  }
});
