import type { Buffer } from "node:buffer";
import { constants, deflateSync, inflateSync } from "node:zlib";
import type { ByteSource } from "./byte_source.ts";
import { ByteWriter } from "./byte_writer.ts";
import {
  CLIPBOARD_FORMATS,
  type ClipboardData,
  type ClipboardFormat,
} from "./clipboard_formats.ts";
import { ProtocolError } from "./errors.ts";

/** The bits of an Extended Clipboard message's flags that vncd uses: formats, and actions. */
export const CLIPBOARD = {
  text: 1 << 0,
  rtf: 1 << 1,
  html: 1 << 2,
  dib: 1 << 3,
  caps: 1 << 24,
  request: 1 << 25,
  peek: 1 << 26,
  notify: 1 << 27,
  provide: 1 << 28,
} as const;

/** In the order of their bits. */
const FORMAT_NAMES = ["text", "rtf", "html", "dib"] as const satisfies readonly ClipboardFormat[];
const FORMATS = 0xffff;
const ACTIONS = 0xff000000 | 0;

/** What one side of the Extended Clipboard is ready to receive. */
export interface ClipboardCaps {
  /** {@linkcode CLIPBOARD} bits of formats and actions. */
  readonly flags: number;
  /** Bytes that may be provided without a request, of each format that `flags` has. */
  readonly sizes: ClipboardSizes;
}

/** Bytes of each format; those left out have none. */
export type ClipboardSizes = { readonly [Format in ClipboardFormat]?: number };

/** What a viewer that hasn't told its caps is assumed to receive. */
export const DEFAULT_CLIPBOARD_CAPS: ClipboardCaps = {
  flags: CLIPBOARD.text | CLIPBOARD.rtf | CLIPBOARD.html | CLIPBOARD.request | CLIPBOARD.notify |
    CLIPBOARD.provide,
  sizes: { text: 20 << 20 },
};

/** A ClientCutText of the Extended Clipboard; `formats` are bits like {@linkcode CLIPBOARD.text}. */
export type ClipboardMessage =
  | { readonly action: "caps"; readonly caps: ClipboardCaps }
  | { readonly action: "request"; readonly formats: number }
  | { readonly action: "peek" }
  | { readonly action: "notify"; readonly formats: number }
  | ClipboardProvide;

/** A clipboard's content as it comes; {@linkcode inflateClipboard} has it out. */
export interface ClipboardProvide {
  readonly action: "provide";
  readonly formats: number;
  readonly compressed: Uint8Array;
}

/**
 * Reads an Extended Clipboard message.
 * @param length How many bytes it has; all of them are read into memory.
 * @throws {ProtocolError} When it is too short or has not one action.
 */
export async function readClipboardMessage(
  source: ByteSource,
  length: number,
): Promise<ClipboardMessage> {
  if (length < 4) throw new ProtocolError("a clipboard message without flags");
  const view = await source.read(length);
  const flags = view.getUint32(0);
  const formats = flags & FORMATS;
  // Together with caps, the bits of other actions say which ones the sender receives.
  if ((flags & CLIPBOARD.caps) !== 0) return { action: "caps", caps: parseCaps(view) };
  switch (flags & ACTIONS) {
    case CLIPBOARD.request:
      return { action: "request", formats };
    case CLIPBOARD.peek:
      return { action: "peek" };
    case CLIPBOARD.notify:
      return { action: "notify", formats };
    case CLIPBOARD.provide: {
      const bytes = new Uint8Array(view.buffer, view.byteOffset + 4, length - 4);
      return { action: "provide", formats, compressed: bytes.slice() };
    }
    default:
      throw new ProtocolError(`a clipboard message with the flags ${flags.toString(16)}`);
  }
}

function parseCaps(view: DataView): ClipboardCaps {
  const flags = view.getUint32(0);
  const sizes: Partial<Record<ClipboardFormat, number>> = {};
  let at = 4;
  for (let bit = 1; bit <= FORMATS; bit *= 2) {
    if ((flags & bit) === 0) continue;
    if (view.byteLength < at + 4) throw new ProtocolError("clipboard caps without sizes");
    const [name] = formatsIn(bit);
    if (name !== undefined) sizes[name] = view.getUint32(at);
    at += 4;
  }
  return { flags, sizes };
}

/** What may come besides the formats: some viewers send richer ones behind text, asked for or not. */
const SPARE_INFLATED = 4 << 20;

/** What was in a {@linkcode ClipboardProvide}. */
export interface InflatedClipboard {
  /** Empty where nothing of it is wanted. */
  readonly content: ClipboardData;
  /** Whether a format that is wanted was too long, and left out. */
  readonly isCut: boolean;
}

/**
 * Has what a viewer provides out of its stream.
 * @param wanted Bits of the formats that are wanted; others are passed over.
 * @throws {ProtocolError} When it can't be inflated, or is cut off.
 */
export function inflateClipboard(
  { formats, compressed }: ClipboardProvide,
  wanted: number,
): InflatedClipboard {
  const limits = formatsIn(formats & wanted).map((name) => CLIPBOARD_FORMATS[name].maxLength);
  const bytes = inflate(compressed, limits.reduce((sum, limit) => sum + limit, SPARE_INFLATED));
  if (bytes === undefined) return { content: {}, isCut: true };
  const content: Record<string, unknown> = {};
  let left = formats & wanted;
  let isCut = false;
  let at = 0;
  // Once all that is wanted was found, what follows doesn't count.
  for (let bit = 1; left !== 0; bit *= 2) {
    if ((formats & bit) === 0) continue;
    if (bytes.length < at + 4) throw new ProtocolError("a clipboard without a size");
    const size = bytes.readUInt32BE(at);
    const [name] = formatsIn(left & bit);
    left &= ~bit;
    const isLong = name !== undefined && size > CLIPBOARD_FORMATS[name].maxLength;
    isCut ||= isLong;
    if (bytes.length < at + 4 + size) {
      // Whoever sends too much may be believed that it would have come.
      if (isLong) break;
      throw new ProtocolError("a clipboard that is cut off");
    }
    const data = bytes.subarray(at + 4, at + 4 + size);
    if (name !== undefined && !isLong) content[name] = CLIPBOARD_FORMATS[name].decode(data);
    at += 4 + size;
  }
  return { content, isCut };
}

/** Undefined where there would be more than `maxOutputLength` bytes. */
function inflate(compressed: Uint8Array, maxOutputLength: number): Buffer | undefined {
  try {
    // Some viewers end the zlib stream, others only flush it.
    const finishFlush = constants.Z_SYNC_FLUSH;
    return inflateSync(compressed, { finishFlush, maxOutputLength });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ERR_BUFFER_TOO_LARGE") return undefined;
    if (code === "Z_DATA_ERROR" || code === "Z_NEED_DICT") {
      throw new ProtocolError("a clipboard that can't be inflated");
    }
    throw error;
  }
}

/** ServerCutText with the server's caps: nothing is to be provided without a request. */
export function clipboardCaps(flags: number): Uint8Array {
  const sizes = new ByteWriter(4);
  for (let bit = 1; bit <= FORMATS; bit *= 2) if (flags & bit) sizes.u32(0);
  return serverMessage(CLIPBOARD.caps | flags, sizes.finish());
}

/** ServerCutText that asks for the viewer's clipboard in those formats. */
export function clipboardRequest(formats: number): Uint8Array {
  return serverMessage(CLIPBOARD.request | formats);
}

/** ServerCutText that says in which formats the desktop's clipboard can be had: none, perhaps. */
export function clipboardNotify(formats: number): Uint8Array {
  return serverMessage(CLIPBOARD.notify | formats);
}

/** Contents longer than this are compressed as fast as can be: nothing else happens meanwhile. */
const LONG = 1 << 18;

/** ServerCutText with the desktop's clipboard, in those of these formats that it has. */
export function clipboardProvide(content: ClipboardData, formats: number): Uint8Array {
  const names = formatsIn(formats & formatsOf(content));
  const pairs = new ByteWriter();
  for (const name of names) {
    const bytes = encode(content, name);
    pairs.u32(bytes.length).bytes(bytes);
  }
  const plain = pairs.finish();
  const level = plain.length > LONG ? 1 : constants.Z_DEFAULT_COMPRESSION;
  // Many viewers take the end of a zlib stream for an error, so it is only flushed.
  const compressed = deflateSync(plain, { level, finishFlush: constants.Z_SYNC_FLUSH });
  const flags = names.reduce((bits, name) => bits | CLIPBOARD[name], CLIPBOARD.provide as number);
  return serverMessage(flags, compressed);
}

/** How many bytes {@linkcode clipboardProvide} would provide of a format that the content has. */
export function providedLength(content: ClipboardData, format: ClipboardFormat): number {
  return encode(content, format).length;
}

/** The bits of the formats that a content has. */
export function formatsOf(content: ClipboardData): number {
  return bitsOf(FORMAT_NAMES.filter((name) => content[name] !== undefined));
}

/** The bits of formats. */
export function bitsOf(names: readonly ClipboardFormat[]): number {
  return names.reduce((bits, name) => bits | CLIPBOARD[name], 0);
}

/** The formats that have these bits, in the order of the bits. */
export function formatsIn(bits: number): ClipboardFormat[] {
  return FORMAT_NAMES.filter((name) => (bits & CLIPBOARD[name]) !== 0);
}

function encode(content: ClipboardData, name: ClipboardFormat): Uint8Array {
  const { encode } = CLIPBOARD_FORMATS[name] as { encode: (value: unknown) => Uint8Array };
  return encode(content[name]);
}

function serverMessage(flags: number, content: Uint8Array = new Uint8Array(0)): Uint8Array {
  return new ByteWriter(12 + content.length)
    .u8(3).padding(3).s32(-(4 + content.length)).u32(flags).bytes(content).finish();
}
