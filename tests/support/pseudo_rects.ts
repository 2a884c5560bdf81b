import type { PixelFormat } from "../../src/frame/pixel_format.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { type ByteSource, need, readU32, readU8 } from "./decoders/decoder.ts";

/** A pointer's picture as it came. */
export interface ReceivedCursor {
  /** Of which cursor encoding. */
  readonly encoding: number;
  readonly hotX: number;
  readonly hotY: number;
  readonly width: number;
  readonly height: number;
  /** Of Cursor: PIXELs; of X Cursor: two colours and a bitmap; else RGBA. */
  readonly pixels: Uint8Array;
  /** Empty where the pixels have alpha. */
  readonly mask: Uint8Array;
}

/** What pseudo-rectangles say, in the specification's terms. */
export type Told =
  | { readonly type: "cursor"; readonly cursor: ReceivedCursor }
  | {
    readonly type: "extendedDesktopSize";
    readonly reason: number;
    readonly result: number;
    readonly width: number;
    readonly height: number;
    /** Id, position, size and flags of each. */
    readonly screens: readonly number[][];
  }
  | { readonly type: "desktopSize"; readonly width: number; readonly height: number }
  | { readonly type: "desktopName"; readonly name: string }
  | { readonly type: "ledState"; readonly encoding: number; readonly state: number }
  | {
    readonly type: "pointerPos";
    readonly encoding: number;
    readonly x: number;
    readonly y: number;
  }
  | { readonly type: "pointerMotion"; readonly absolute: boolean }
  | { readonly type: "extendedKeyEvents" }
  | { readonly type: "extendedMouseButtons" };

/** Reads what follows the rectangle's header. */
type Reader = (
  source: ByteSource,
  rect: Rect,
  format: PixelFormat,
  encoding: number,
) => Promise<Told>;

const readers: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [-223, (_, { width, height }) => Promise.resolve({ type: "desktopSize", width, height })],
  [-232, readPointerPos],
  [-239, readCursor],
  [-240, readXCursor],
  [-257, (_, { x }) => Promise.resolve({ type: "pointerMotion", absolute: x !== 0 })],
  [-258, readEmpty("extendedKeyEvents")],
  [-261, async (source) => ({ type: "ledState", encoding: -261, state: await readU8(source) })],
  [-307, readDesktopName],
  [-308, readExtendedDesktopSize],
  [-314, readCursorWithAlpha],
  [-316, readEmpty("extendedMouseButtons")],
  [0x574d5664, readVMwareCursor],
  [0x574d5666, readPointerPos],
  [0x574d5668, async (source, _rect, _format, encoding) => {
    return { type: "ledState", encoding, state: await readU32(source) };
  }],
]);

/**
 * Reads a pseudo-rectangle, as strictly as no viewer does.
 * @returns Undefined where the encoding is one of pixels.
 * @throws {DecodeError} When it is not what the specification allows.
 */
export async function readPseudoRect(
  source: ByteSource,
  rect: Rect,
  encoding: number,
  format: PixelFormat,
): Promise<Told | undefined> {
  return await readers.get(encoding)?.(source, rect, format, encoding);
}

function isEmpty({ x, y, width, height }: Rect): boolean {
  return x === 0 && y === 0 && width === 0 && height === 0;
}

function readEmpty(type: "extendedKeyEvents" | "extendedMouseButtons"): Reader {
  return (_, rect) => {
    need(isEmpty(rect), `${type} with ${JSON.stringify(rect)}`);
    return Promise.resolve({ type });
  };
}

function readPointerPos(
  _source: ByteSource,
  { x, y }: Rect,
  _format: PixelFormat,
  encoding: number,
): Promise<Told> {
  return Promise.resolve({ type: "pointerPos", encoding, x, y });
}

async function readDesktopName(source: ByteSource, rect: Rect): Promise<Told> {
  need(isEmpty(rect), `a name with ${JSON.stringify(rect)}`);
  const name = await source.read(await readU32(source));
  return { type: "desktopName", name: new TextDecoder().decode(name) };
}

async function readExtendedDesktopSize(source: ByteSource, rect: Rect): Promise<Told> {
  const { x: reason, y: result, width, height } = rect;
  const count = await readU8(source);
  await source.read(3);
  const screens: number[][] = [];
  for (let i = 0; i < count; i++) {
    const bytes = (await source.read(16)).slice();
    const view = new DataView(bytes.buffer);
    const places = [4, 6, 8, 10].map((at) => view.getUint16(at));
    screens.push([view.getUint32(0), ...places, view.getUint32(12)]);
  }
  return { type: "extendedDesktopSize", reason, result, width, height, screens };
}

function cursor(
  encoding: number,
  { x: hotX, y: hotY, width, height }: Rect,
  pixels: Uint8Array,
  mask = new Uint8Array(0),
): Told {
  const empty = width === 0 || height === 0;
  need(empty || (hotX < width && hotY < height), `a hot spot ${hotX},${hotY} outside the cursor`);
  return {
    type: "cursor",
    cursor: { encoding, hotX, hotY, width, height, pixels: pixels.slice(), mask: mask.slice() },
  };
}

function maskLength({ width, height }: Rect): number {
  return Math.floor((width + 7) / 8) * height;
}

async function readCursor(source: ByteSource, rect: Rect, format: PixelFormat): Promise<Told> {
  const pixels = (await source.read(rect.width * rect.height * format.bitsPerPixel / 8)).slice();
  return cursor(-239, rect, pixels, (await source.read(maskLength(rect))).slice());
}

async function readXCursor(source: ByteSource, rect: Rect): Promise<Told> {
  if (rect.width === 0 || rect.height === 0) return cursor(-240, rect, new Uint8Array(0));
  const pixels = (await source.read(6 + maskLength(rect))).slice();
  return cursor(-240, rect, pixels, (await source.read(maskLength(rect))).slice());
}

async function readCursorWithAlpha(source: ByteSource, rect: Rect): Promise<Told> {
  const encoding = await readU32(source);
  need(encoding === 0, `a cursor in encoding ${encoding}`);
  const pixels = await source.read(rect.width * rect.height * 4);
  for (let i = 0; i < pixels.length; i++) {
    need(pixels[i]! <= pixels[i | 3]!, "a colour that is more than its alpha");
  }
  return cursor(-314, rect, pixels);
}

async function readVMwareCursor(source: ByteSource, rect: Rect): Promise<Told> {
  const type = await readU8(source);
  need(type === 1, `a VMware cursor of type ${type}`);
  await source.read(1);
  return cursor(0x574d5664, rect, await source.read(rect.width * rect.height * 4));
}
