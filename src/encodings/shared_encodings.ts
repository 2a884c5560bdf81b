import type { Framebuffer } from "../frame/framebuffer.ts";
import type { Rect } from "../frame/rect.ts";
import type { Region } from "../frame/region.ts";
import { codingKey } from "./coding_key.ts";
import type { EncodedRect, PixelCoding, RectEncoder } from "./encoding.ts";
import { keep } from "./lent_memory.ts";

/** Bytes of encoded rectangles that are kept: more than a 4K screen of raw pixels. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Entries that are kept: every change is compared with all of them. */
const MAX_ENTRIES = 1024;

/** What a rectangle was, or is being, encoded to. */
interface Entry {
  readonly rect: Rect;
  result: readonly EncodedRect[] | Promise<readonly EncodedRect[]>;
  /** Of the result; 0 as long as it isn't there. */
  bytes: number;
}

/**
 * Encodes each rectangle of a frame once for all viewers with equal codings, as long as its pixels
 * stay as they are: the second viewer gets what the first one got, or waits for it with the first.
 *
 * It holds nothing that is older than the last `invalidate`. Whoever changes the frame's pixels has
 * to call that before anybody learns of the change.
 */
export class SharedEncodings implements RectEncoder {
  readonly #encoder: RectEncoder;
  readonly #maxBytes: number;
  /** The oldest first. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** @param maxBytes How much is kept; what is oldest goes first. */
  constructor(encoder: RectEncoder, maxBytes = MAX_BYTES) {
    this.#encoder = encoder;
    this.#maxBytes = maxBytes;
  }

  /** How many bytes are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param frame The same one, until `clear`. */
  encode(
    frame: Framebuffer,
    rect: Rect,
    coding: PixelCoding,
  ): readonly EncodedRect[] | Promise<readonly EncodedRect[]> {
    const key = `${rect.x} ${rect.y} ${rect.width} ${rect.height} ${codingKey(coding)}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known.result;
    const encoded = this.#encoder.encode(frame, rect, coding);
    const result = encoded instanceof Promise ? encoded.then(kept) : kept(encoded);
    const entry = { rect, result, bytes: 0 };
    this.#entries.set(key, entry);
    if (result instanceof Promise) this.#whenSettled(key, entry, result);
    else this.#hold(entry, result);
    this.#dropOldest();
    return result;
  }

  /** The pixels of `changed` are new: forgets every rectangle that holds one of them. */
  invalidate(changed: Region): void {
    for (const [key, { rect }] of this.#entries) {
      if (changed.meets(rect)) this.#drop(key);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  async #whenSettled(
    key: string,
    entry: Entry,
    result: Promise<readonly EncodedRect[]>,
  ): Promise<void> {
    // It may have been dropped, and another one made in its place.
    const isHeld = () => this.#entries.get(key) === entry;
    try {
      const rects = await result;
      if (!isHeld()) return;
      this.#hold(entry, rects);
      this.#dropOldest();
    } catch {
      // Those who asked are told; whoever asks next is to have another try.
      if (isHeld()) this.#drop(key);
    }
  }

  #hold(entry: Entry, rects: readonly EncodedRect[]): void {
    entry.result = rects;
    entry.bytes = memoryOf(rects);
    this.#bytes += entry.bytes;
  }

  #drop(key: string): void {
    this.#bytes -= this.#entries.get(key)!.bytes;
    this.#entries.delete(key);
  }

  #dropOldest(): void {
    for (const key of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes && this.#entries.size <= MAX_ENTRIES) return;
      this.#drop(key);
    }
  }
}

/** What is encoded, to be sent by more than one viewer: none of them is the last to need it. */
function kept(rects: readonly EncodedRect[]): readonly EncodedRect[] {
  for (const { head } of rects) keep(head);
  return rects;
}

/** The bytes that can't be freed while the rectangles are held: views keep all of their buffers. */
function memoryOf(rects: readonly EncodedRect[]): number {
  const views = rects.flatMap(({ head, deflated }) => [head, deflated?.segment]);
  const buffers = new Set(views.filter((view) => view !== undefined).map(({ buffer }) => buffer));
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
