import type { Rect } from "../../../../frame/rect.ts";
import {
  DXGI_OUTDUPL_FRAME_INFO,
  DXGI_OUTDUPL_MOVE_RECT,
  LITTLE_ENDIAN,
  RECT,
} from "../../structs.ts";
import { PlatformError } from "../../../errors.ts";
import { check, type ComObject, objectAt } from "./com.ts";
import { IID_ID3D11Texture2D } from "./interface_ids.ts";
import { IDXGIOutputDuplication } from "./methods.ts";

const DXGI_ERROR_WAIT_TIMEOUT = 0x887a0027 | 0;

/** Milliseconds within which a first picture must come. */
const FIRST_FRAME = 200;

/** An area that Windows has moved on a monitor: what is at `to` was at `from` before, of the same size. */
export interface Moved {
  readonly from: Rect;
  readonly to: Rect;
}

/** What is new on a monitor, in the pixels of its texture. */
export interface Changes {
  readonly moved: readonly Moved[];
  readonly dirty: readonly Rect[];
}

/** Of a monitor's texture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Waits for the first frame that has a picture, all of it, and lets go of it afterwards.
 * @throws {PlatformError} When there is none in time.
 */
export function takeFirstFrame(
  duplication: ComObject,
  size: Size,
  copy: (texture: ComObject, changes: Changes) => void,
): void {
  const deadline = performance.now() + FIRST_FRAME;
  let isTaken = false;
  while (!isTaken) {
    const left = Math.ceil(deadline - performance.now());
    const isThere = left > 0 && withFrame(duplication, left, (texture, info) => {
      // Where the pointer is may come first, with a texture that nothing is in yet.
      if (!hasPicture(info)) return;
      copy(texture, allOf(size));
      isTaken = true;
    });
    if (!isThere) throw new PlatformError("the first frame doesn't come");
  }
}

/**
 * Takes the next frame, if there is one, and lets go of it afterwards.
 * @param copy Is given the frame's texture and what has changed since the frame before.
 * @throws {PlatformError} When the duplication is lost: another size, another desktop.
 */
export function takeFrame(
  duplication: ComObject,
  size: Size,
  copy: (texture: ComObject, changes: Changes) => void,
): void {
  withFrame(duplication, 0, (texture, info) => {
    if (hasPicture(info)) copy(texture, changesOf(duplication, info, size));
  });
}

/**
 * Has a frame, for as long as `use` takes.
 * @param timeout Milliseconds to wait for it; nothing else happens meanwhile.
 * @returns Whether there was one.
 */
function withFrame(
  duplication: ComObject,
  timeout: number,
  use: (texture: ComObject, info: DataView) => void,
): boolean {
  const info = new DataView(new ArrayBuffer(DXGI_OUTDUPL_FRAME_INFO.size));
  const out = new BigUint64Array(1);
  const result = duplication.call(IDXGIOutputDuplication.AcquireNextFrame, timeout, info, out);
  if (result === DXGI_ERROR_WAIT_TIMEOUT) return false;
  check("the next frame", result);
  try {
    using resource = objectAt("the frame", out);
    using texture = resource.as("the frame's texture", IID_ID3D11Texture2D);
    use(texture, info);
    return true;
  } finally {
    duplication.call(IDXGIOutputDuplication.ReleaseFrame);
  }
}

/** Whether there is a new picture: otherwise only the pointer has moved. */
function hasPicture(info: DataView): boolean {
  return info.getBigInt64(DXGI_OUTDUPL_FRAME_INFO.LastPresentTime, LITTLE_ENDIAN) !== 0n;
}

function changesOf(duplication: ComObject, info: DataView, area: Size): Changes {
  const size = info.getUint32(DXGI_OUTDUPL_FRAME_INFO.TotalMetadataBufferSize, LITTLE_ENDIAN);
  // A frame that doesn't tell has changed anywhere.
  if (size === 0) return allOf(area);
  const { GetFrameMoveRects, GetFrameDirtyRects } = IDXGIOutputDuplication;
  const view = new DataView(new ArrayBuffer(size));
  const used = new Uint32Array(1);
  duplication.do("what has moved", GetFrameMoveRects, size, view, used);
  const moved = offsets(used[0]!, DXGI_OUTDUPL_MOVE_RECT.size).map((at) => movedAt(view, at));
  duplication.do("what has changed", GetFrameDirtyRects, size, view, used);
  return { moved, dirty: offsets(used[0]!, RECT.size).map((at) => rectAt(view, at)) };
}

function allOf({ width, height }: Size): Changes {
  return { moved: [], dirty: [{ x: 0, y: 0, width, height }] };
}

function offsets(bytes: number, size: number): number[] {
  return Array.from({ length: Math.floor(bytes / size) }, (_, i) => i * size);
}

function movedAt(view: DataView, at: number): Moved {
  const to = rectAt(view, at + DXGI_OUTDUPL_MOVE_RECT.DestinationRect);
  const x = view.getInt32(at + DXGI_OUTDUPL_MOVE_RECT.SourcePoint, LITTLE_ENDIAN);
  const y = view.getInt32(at + DXGI_OUTDUPL_MOVE_RECT.SourcePoint + 4, LITTLE_ENDIAN);
  return { from: { ...to, x, y }, to };
}

/** A RECT as a rectangle. */
export function rectAt(view: DataView, at: number): Rect {
  const [x, y] = [at + RECT.left, at + RECT.top].map((edge) => view.getInt32(edge, LITTLE_ENDIAN));
  const width = view.getInt32(at + RECT.right, LITTLE_ENDIAN) - x!;
  return { x: x!, y: y!, width, height: view.getInt32(at + RECT.bottom, LITTLE_ENDIAN) - y! };
}
