import { instantiate, lazyKernel } from "../../../frame/kernels/kernel.ts";
import code from "./indexed.wasm" with { type: "bytes" };

/** What indexed.as.ts exports; pointers are bytes in the memory. */
interface IndexedKernel {
  index(
    from: number,
    count: number,
    limit: number,
    indices: number,
    colours: number,
    slots: number,
  ): number;
  packBits(from: number, width: number, height: number, to: number): void;
}

/** Pixels as numbers of the colours in a palette. */
export interface Indexed {
  readonly colours: Uint32Array;
  /** One byte a pixel. */
  readonly indices: Uint8Array;
}

/** Makes palettes; what it returns holds until the next call. */
export interface Indexer {
  /**
   * Numbers the colours of pixel values as they turn up, unless there are more than `limit`, at most
   * 256.
   * @param values In the kernel's memory.
   */
  index(values: Uint32Array, limit: number): Indexed | undefined;
  /**
   * Rows of bits, the leftmost pixel in the highest one, each row from a byte's start.
   * @param indices 0 or 1 each, in the kernel's memory.
   */
  packBits(indices: Uint8Array, width: number): Uint8Array;
}

/** What the kernel needs for itself, in bytes. */
export const INDEXER_WORK_BYTES = 4 * 256 + 2048;

const compiled = lazyKernel(code);

/**
 * Makes an {@linkcode Indexer}.
 * @param memory Holds the pixel values.
 * @param indices Where to put these: a byte a value, and 16 to spare.
 * @param bits Where to put these: a byte for each up to 8 in a row, and 16 to spare.
 * @param work Room for {@linkcode INDEXER_WORK_BYTES}.
 */
export function createIndexer(
  memory: WebAssembly.Memory,
  indices: number,
  bits: number,
  work: number,
): Indexer {
  const kernel = instantiate<IndexedKernel>(compiled(), memory);
  const slots = work + 4 * 256;
  return {
    index({ byteOffset, length }, limit) {
      const colours = kernel.index(byteOffset, length, limit, indices, work, slots);
      if (colours === 0) return undefined;
      return {
        colours: new Uint32Array(memory.buffer, work, colours),
        indices: new Uint8Array(memory.buffer, indices, length),
      };
    },
    packBits({ byteOffset, length }, width) {
      const height = length / width;
      kernel.packBits(byteOffset, width, height, bits);
      return new Uint8Array(memory.buffer, bits, Math.ceil(width / 8) * height);
    },
  };
}

/** What {@linkcode Indexer.index} does, in plain words, for the tests. */
export function indexPlainly(values: Uint32Array, limit: number): Indexed | undefined {
  const colours = Uint32Array.from(new Set(values));
  if (colours.length > limit) return undefined;
  return { colours, indices: Uint8Array.from(values, (value) => colours.indexOf(value)) };
}
