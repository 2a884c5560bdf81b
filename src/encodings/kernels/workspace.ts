import type { Framebuffer } from "../../frame/framebuffer.ts";
import { kernelMemory } from "../../frame/kernels/kernel.ts";
import { createShuffle } from "../../frame/kernels/shuffle.ts";
import { areaOf, type Rect } from "../../frame/rect.ts";
import type { Translator } from "../../frame/translator.ts";
import { BLOCK } from "../blocks.ts";

/** Pixels that fit: whoever has more cuts them into blocks. */
const MAX_PIXELS = BLOCK.width * BLOCK.height;

/** Bytes around the pixels and behind the output that kernels read or write but don't use. */
const MARGIN = 64;

/** What a kernel needs besides. */
const WORK_BYTES = 256 * 1024;

/** A tile's first byte for each pixel at most, and then the pixel. */
const OUT_BYTES = 5 * MAX_PIXELS;

/**
 * Memory for the encoders' kernels, the same for all on a thread: none of them waits for anything, so
 * that there is never more than one at work, and memory that is new costs more than the work on it.
 */
export class Workspace {
  /** Where a rectangle's pixel values are, in bytes. */
  readonly pixels = MARGIN;
  /** Where kernels have {@linkcode WORK_BYTES} for what they need. */
  readonly work = this.pixels + 4 * MAX_PIXELS + MARGIN;
  /** Where they put what they make. */
  readonly out = this.work + WORK_BYTES;
  readonly memory = kernelMemory(this.out + OUT_BYTES + MARGIN);
  readonly #shuffle = createShuffle(this.memory, this.work);
  readonly #values = new Uint32Array(this.memory.buffer, this.pixels, MAX_PIXELS);

  /** Brings the pixel values of a rectangle here, row after row without gaps. */
  load(frame: Framebuffer, rect: Rect, translator: Translator): Uint32Array {
    const { byteOrder } = translator;
    if (byteOrder === undefined) return translator.values(frame, rect, this.#values);
    const values = this.#values.subarray(0, areaOf(rect));
    frame.copyTo(values, rect);
    this.#shuffle(this.pixels, values.length, byteOrder);
    return values;
  }

  /** A copy of the first bytes of what a kernel made. */
  made(length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, this.out, length).slice();
  }
}

let workspace: Workspace | undefined;

/** This thread's workspace. */
export function sharedWorkspace(): Workspace {
  return workspace ??= new Workspace();
}
