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
  /** Whether the viewer knows LastRect, so that rectangles needn't be counted beforehand. */
  readonly lastRect: boolean;
  readonly streams: ZlibStreams;
}

/**
 * The bytes of an update, a few pieces at a time. Each block is encoded only shortly before it is
 * asked for, from the frame as it is then. Without LastRect there are no bytes before all blocks are
 * encoded; no pieces come for each of them until then, so that other things may be done in between.
 * @param sent Told of each rectangle of pixels, and what it is of.
 */
export async function* writeFrameUpdate(
  update: FrameUpdate,
  sent: (rect: EncodedRect, part: PixelPart) => void,
): AsyncGenerator<readonly Uint8Array[]> {
  const { told, moves, lastRect, streams } = update;
  let blocks: AsyncIterable<EncodedBlock> | readonly EncodedBlock[] = encodeParts(update);
  let count = UNTIL_LAST_RECT;
  if (!lastRect) {
    const encoded: EncodedBlock[] = [];
    for await (const block of blocks) {
      encoded.push(block);
      yield [];
    }
    blocks = encoded;
    count = encoded.reduce((sum, { rects }) => sum + rects.length, told.length + moves.length);
  }
  const copies = moves.flatMap((move) => [
    rectangle(move.to, ENCODING.CopyRect),
    encodeCopyRect(move),
  ]);
  yield [framebufferUpdate(count), ...told, ...copies];
  for await (const { rects, part } of blocks) {
    yield rects.flatMap((encoded) => {
      sent(encoded, part);
      return [rectangle(encoded.rect, encoded.encoding), ...streams.chunks(encoded)];
    });
  }
  if (lastRect) yield [LAST_RECT];
}

const LAST_RECT = rectangle({ x: 0, y: 0, width: 0, height: 0 }, PSEUDO_ENCODING.LastRect);

/** The rectangles of a block, and what it is a piece of. */
interface EncodedBlock {
  readonly rects: readonly EncodedRect[];
  readonly part: PixelPart;
}

/** The pixels block by block, some being encoded ahead where that is elsewhere. */
async function* encodeParts({ parts, desktop }: FrameUpdate): AsyncGenerator<EncodedBlock> {
  const pending: Promise<EncodedBlock>[] = [];
  for (const { block, part } of blocksOf(parts, desktop.frame.bounds)) {
    const rects = desktop.encode(block, part.coding);
    if (pending.length === 0 && !(rects instanceof Promise)) {
      yield { rects, part };
      continue;
    }
    const promise = Promise.resolve(rects).then((rects) => ({ rects, part }));
    // If it fails, that is noticed when its turn comes, unless an earlier one has failed by then.
    promise.catch(() => {});
    pending.push(promise);
    if (pending.length === AHEAD) yield await pending.shift()!;
  }
  for (const encoded of pending) yield await encoded;
}

/** Rectangles no larger than a block, none half inside of the frame. */
function* blocksOf(
  parts: readonly PixelPart[],
  frame: Rect,
): Generator<{ block: Rect; part: PixelPart }> {
  const inside = Region.of(frame);
  for (const part of parts) {
    const { region } = part;
    const rects = [...region.intersect(inside).rects, ...region.subtract(inside).rects];
    for (const block of rects.flatMap(cutIntoBlocks)) yield { block, part };
  }
}
