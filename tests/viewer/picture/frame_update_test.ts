import { assert, assertEquals } from "@std/assert";
import { BLOCK } from "../../../src/encodings/blocks.ts";
import { encodeHere } from "../../../src/encodings/encode_here.ts";
import { ENCODING } from "../../../src/encodings/ids.ts";
import { ZlibStreams } from "../../../src/encodings/zlib_streams.ts";
import { NATIVE_FORMAT } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { Region } from "../../../src/frame/region.ts";
import {
  type FrameUpdate,
  ONE_A_BLOCK,
  writeFrameUpdate,
} from "../../../src/viewer/picture/frame_update.ts";
import { PixelCost } from "../../../src/viewer/picture/pixel_cost.ts";
import { ENCODERS } from "../../support/encoders.ts";
import { photo, text } from "../../support/pictures.ts";

/** An update of a picture of three blocks for a viewer without LastRect; `encoded` is told of each. */
function updateOf(encoding: number, encoded: () => void): FrameUpdate {
  const frame = text(BLOCK.width, 2 * BLOCK.height + 1);
  const coding = { encoding, format: NATIVE_FORMAT, settings: {} };
  const encode = (rect: Rect) => {
    encoded();
    return encodeHere(ENCODERS).encode(frame, rect, coding);
  };
  return {
    moves: [],
    desktop: { frame, encode },
    parts: [{ region: Region.of(frame.bounds), coding, cost: new PixelCost() }],
    told: [],
    lastRect: false,
    streams: new ZlibStreams(),
  };
}

Deno.test("what is one rectangle a block is counted before any of it is encoded", () => {
  let blocks = 0;
  const pieces = writeFrameUpdate(updateOf(ENCODING.Hextile, () => blocks++), () => {});
  const { value } = pieces.next();
  assertEquals([blocks, value], [0, [Uint8Array.of(0, 0, 0, 3)]]);
});

Deno.test("what may be several is counted after all of it is encoded", () => {
  let blocks = 0;
  const pieces = writeFrameUpdate(updateOf(ENCODING.RRE, () => blocks++), () => {});
  for (const piece of pieces) {
    assert(!(piece instanceof Promise));
    if (piece.length === 0) continue;
    assertEquals(blocks, 3);
    return;
  }
});

Deno.test("the encoders that are said to make one rectangle of a block do", () => {
  for (const id of ONE_A_BLOCK) {
    for (const picture of [photo, text]) {
      for (const [width, height] of [[1, 1], [300, 200], [BLOCK.width, BLOCK.height]] as const) {
        const frame = picture(width, height);
        const rects = ENCODERS.get(id)!.encode(frame, frame.bounds, NATIVE_FORMAT, {});
        assertEquals(rects.map(({ rect }) => rect), [frame.bounds]);
      }
    }
  }
});
