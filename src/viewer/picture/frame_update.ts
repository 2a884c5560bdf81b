import { cutIntoBlocks } from "../../encodings/blocks.ts";
import { encodeCopyRect } from "../../encodings/copy_rect.ts";
import type { EncodedRect, PixelCoding } from "../../encodings/encoding.ts";
import { ENCODING, PSEUDO_ENCODING } from "../../encodings/ids.ts";
import type { ZlibStreams } from "../../encodings/zlib_streams.ts";
import type { Move } from "../../frame/move.ts";
import type { Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";
import { framebufferUpdate, rectangle, UNTIL_LAST_RECT } from "../../rfb/server_messages.ts";
import type { SharedDesktop } from "../shared_desktop.ts";
import type { PixelCost } from "./pixel_cost.ts";

/** Encodings that make one rectangle of each block, so that these can be counted before they are made. */
export const ONE_A_BLOCK: ReadonlySet<number> = new Set([
  ENCODING.Raw,
  ENCODING.Hextile,
  ENCODING.Zlib,
  ENCODING.TRLE,
  ENCODING.ZRLE,
]);

/** Blocks that are being encoded while the one before them is sent. */
const AHEAD = 8;

/** Pixels to be sent in one coding. */
export interface PixelPart {
  readonly region: Region;
  readonly coding: PixelCoding;
  /** What a pixel of it costs. */
  readonly cost: PixelCost;
}

/** A FramebufferUpdate to be written, and for whom. */
export interface FrameUpdate {
  /** Copied by the viewer before any pixels come. */
  readonly moves: readonly Move[];
  /** Encodes the pixels. */
  readonly desktop: Pick<SharedDesktop, "frame" | "encode">;
  readonly parts: readonly PixelPart[];
  /** Pseudo-rectangles to go in front, as bytes. */
  readonly told: readonly Uint8Array[];
  /** Whether the viewer knows LastRect, so that rectangles needn't be counted in front. */
  readonly lastRect: boolean;
  readonly streams: ZlibStreams;
}

/** Bytes of a message, in pieces; as a promise where they have to be waited for. */
export type Pieces = readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

/**
 * The bytes of an update, a few pieces at a time; each promise has to be awaited before the next are
 * asked for. Each block is encoded only shortly before that, from the frame as it is then. Where
 * neither the viewer knows LastRect nor rectangles can be counted before, there are no bytes until
 * all blocks are encoded; no pieces come for each of them, so that other things may be done in between.
 * @param sent Told of each rectangle of pixels, and what it is of.
 */
export function* writeFrameUpdate(
  update: FrameUpdate,
  sent: (rect: EncodedRect, part: PixelPart) => void,
): Generator<Pieces> {
  const { told, moves, parts, desktop, lastRect, streams } = update;
  const plan = blocksOf(parts, desktop.frame.bounds);
  const isCounted = plan.every(({ part }) => ONE_A_BLOCK.has(part.coding.encoding));
  let blocks: Iterable<EncodedBlock | Promise<EncodedBlock>> = encodeBlocks(plan, desktop);
  let count = told.length + moves.length;
  if (isCounted) {
    count += plan.length;
  } else if (lastRect) {
    count = UNTIL_LAST_RECT;
  } else {
    const encoded: EncodedBlock[] = [];
    for (const block of blocks) {
      yield whenThere(block, (block) => {
        encoded.push(block);
        return NOTHING;
      });
    }
    blocks = encoded;
    for (const { rects } of encoded) count += rects.length;
  }
  const head = [framebufferUpdate(count), ...told];
  for (const move of moves) head.push(rectangle(move.to, ENCODING.CopyRect), encodeCopyRect(move));
  yield head;
  const write = ({ rects, part }: EncodedBlock) => {
    const pieces: Uint8Array[] = [];
    for (const encoded of rects) {
      sent(encoded, part);
      pieces.push(rectangle(encoded.rect, encoded.encoding), ...streams.chunks(encoded));
    }
    return pieces;
  };
  for (const block of blocks) yield whenThere(block, write);
  if (count === UNTIL_LAST_RECT) yield [LAST_RECT];
}

/** Goes on with a value, at once where it needn't be waited for. */
function whenThere<T, R>(value: T | Promise<T>, then: (value: T) => R): R | Promise<R> {
  return value instanceof Promise ? value.then(then) : then(value);
}

const NOTHING: readonly Uint8Array[] = [];

const LAST_RECT = rectangle({ x: 0, y: 0, width: 0, height: 0 }, PSEUDO_ENCODING.LastRect);

/** Pixels to be encoded at once, and what they are a piece of. */
interface Block {
  readonly rect: Rect;
  readonly part: PixelPart;
}

/** The rectangles of a block, and what it is a piece of. */
interface EncodedBlock {
  readonly rects: readonly EncodedRect[];
  readonly part: PixelPart;
}

/** Encodes one block after the other, some ahead where that is done elsewhere. */
function* encodeBlocks(
  blocks: readonly Block[],
  desktop: Pick<SharedDesktop, "encode">,
): Generator<EncodedBlock | Promise<EncodedBlock>> {
  const pending: Promise<EncodedBlock>[] = [];
  for (const { rect, part } of blocks) {
    const rects = desktop.encode(rect, part.coding);
    if (pending.length === 0 && !(rects instanceof Promise)) {
      yield { rects, part };
      continue;
    }
    const promise = Promise.resolve(rects).then((rects) => ({ rects, part }));
    // If it fails, that is noticed when its turn comes, unless an earlier one has failed by then.
    promise.catch(() => {});
    pending.push(promise);
    if (pending.length === AHEAD) yield pending.shift()!;
  }
  yield* pending;
}

/** Rectangles no larger than a block, none half inside of the frame. */
function blocksOf(parts: readonly PixelPart[], frame: Rect): Block[] {
  const blocks: Block[] = [];
  for (const part of parts) {
    if (part.region.isEmpty) continue;
    const inside = Region.of(frame);
    for (const region of [part.region.intersect(inside), part.region.subtract(inside)]) {
      for (const large of region.rects) {
        for (const rect of cutIntoBlocks(large)) blocks.push({ rect, part });
      }
    }
  }
  return blocks;
}
