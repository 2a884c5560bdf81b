import { kernelMemory } from "../../frame/kernels/kernel.ts";
import { createHuffman, HUFFMAN_WORK_BYTES, largestHuffman } from "./kernels/huffman.ts";
import {
  createIndexer,
  type Indexer,
  INDEXER_MARGIN,
  INDEXER_WORK_BYTES,
} from "./kernels/indexed.ts";
import {
  createTightPixels,
  TIGHT_PIXELS_MARGIN,
  type TightPixels,
} from "./kernels/tight_pixels.ts";

/** The largest piece of a picture: as wide as Tight allows, and short enough to tell its length. */
export const MAX_PIECE = { width: 2048, height: 256 } as const;

const MAX_PIXELS = MAX_PIECE.width * MAX_PIECE.height;
const MARGIN = Math.max(INDEXER_MARGIN, TIGHT_PIXELS_MARGIN);

/**
 * Memory that a thread uses again and again for the piece that it is encoding, and the kernels that
 * work on it. Pages that no piece needs are never touched, so they take no room.
 */
export interface Workspace extends Indexer, TightPixels {
  /** Room for the pixel values of the largest piece. */
  readonly values: Uint32Array;
  /** Compresses what hardly repeats itself. */
  huffman(bytes: Uint8Array): Uint8Array;
}

let made: Workspace | undefined;

/** This thread's workspace. */
export function workspace(): Workspace {
  return made ??= create();
}

function create(): Workspace {
  let end = 0;
  const room = (bytes: number) => {
    const start = end;
    end += Math.ceil((bytes + MARGIN) / 16) * 16;
    return start;
  };
  const values = room(4 * MAX_PIXELS);
  const data = room(4 * MAX_PIXELS);
  const out = room(largestHuffman(4 * MAX_PIXELS));
  const indexerWork = room(INDEXER_WORK_BYTES);
  const huffmanWork = room(HUFFMAN_WORK_BYTES);
  const memory = kernelMemory(end);
  const dataBytes = new Uint8Array(memory.buffer, data, 4 * MAX_PIXELS);
  const huffman = createHuffman(memory, out, huffmanWork);
  return {
    values: new Uint32Array(memory.buffer, values, MAX_PIXELS),
    ...createIndexer(memory, data, out, indexerWork),
    ...createTightPixels(memory, data),
    huffman(bytes) {
      if (bytes.buffer === memory.buffer) return huffman(bytes);
      dataBytes.set(bytes);
      return huffman(dataBytes.subarray(0, bytes.length));
    },
  };
}
