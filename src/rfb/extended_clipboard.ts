import type { Buffer } from "node:buffer";
import { constants, deflateSync, inflateSync } from "node:zlib";
import type { ByteSource } from "./byte_source.ts";
import { ByteWriter } from "./byte_writer.ts";
import { ProtocolError } from "./errors.ts";

/** The bits of an Extended Clipboard message's flags that vncd uses: a format, and the actions. */
export const CLIPBOARD = {
  text: 1 << 0,
  caps: 1 << 24,
  request: 1 << 25,
  peek: 1 << 26,
  notify: 1 << 27,
  provide: 1 << 28,
} as const;

const FORMATS = 0xffff;
const ACTIONS = 0xff000000 | 0;

/** What one side of the Extended Clipboard is ready to receive. */
export interface ClipboardCaps {
  /** {@linkcode CLIPBOARD} bits of formats and actions. */
  readonly flags: number;
  /** Bytes of text that may be provided without a request. */
  readonly textSize: number;
}

/** What a viewer that hasn't told its caps is assumed to receive; vncd uses nothing but text. */
export const DEFAULT_CLIPBOARD_CAPS: ClipboardCaps = {
  flags: CLIPBOARD.text | CLIPBOARD.request | CLIPBOARD.notify | CLIPBOARD.provide,
  textSize: 20 << 20,
};

/** A ClientCutText of the Extended Clipboard; `formats` are bits like {@linkcode CLIPBOARD.text}. */
export type ClipboardMessage =
  | { readonly action: "caps"; readonly caps: ClipboardCaps }
  | { readonly action: "request"; readonly formats: number }
  | { readonly action: "peek" }
  | { readonly action: "notify"; readonly formats: number }
  /** `compressed` is for {@linkcode inflateText} where `formats` have text. */
  | { readonly action: "provide"; readonly formats: number; readonly compressed: Uint8Array };

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
  let sizes = 0;
  for (let bit = CLIPBOARD.text; bit <= FORMATS; bit *= 2) sizes += flags & bit ? 1 : 0;
  if (view.byteLength < 4 + sizes * 4) throw new ProtocolError("clipboard caps without sizes");
  // Text is the first of the formats.
  return { flags, textSize: flags & CLIPBOARD.text ? view.getUint32(4) : 0 };
}

/**
 * Bytes that are inflated at most. Text comes first, but some viewers send richer formats of it
 * behind, asked for or not.
 */
const MAX_INFLATED = 8 << 20;

/**
 * The text in what a viewer provides, with plain newlines.
 * @param maxLength In bytes, as it is sent.
 * @returns Undefined where it is longer.
 * @throws {ProtocolError} When it can't be inflated, or is cut off.
 */
export function inflateText(compressed: Uint8Array, maxLength: number): string | undefined {
  const bytes = inflate(compressed);
  if (bytes === undefined) return undefined;
  if (bytes.length < 4) throw new ProtocolError("a clipboard without a size");
  const size = bytes.readUInt32BE(0);
  if (size > maxLength) return undefined;
  if (bytes.length < 4 + size) throw new ProtocolError("a clipboard that is cut off");
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + size));
  return text.replace(/\0$/, "").replaceAll("\r\n", "\n");
}

/** Undefined where there would be more than {@linkcode MAX_INFLATED} bytes. */
function inflate(compressed: Uint8Array): Buffer | undefined {
  try {
    // Some viewers end the zlib stream, others only flush it.
    const finishFlush = constants.Z_SYNC_FLUSH;
    return inflateSync(compressed, { finishFlush, maxOutputLength: MAX_INFLATED });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ERR_BUFFER_TOO_LARGE") return undefined;
    if (code === "Z_DATA_ERROR" || code === "Z_NEED_DICT") {
      throw new ProtocolError("a clipboard that can't be inflated");
    }
    throw error;
  }
}

/** ServerCutText with the server's caps; 0 bytes where it receives no text. */
export function clipboardCaps({ flags, textSize }: ClipboardCaps): Uint8Array {
  const sizes = new ByteWriter(4);
  if (flags & CLIPBOARD.text) sizes.u32(textSize);
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

/** ServerCutText with the desktop's clipboard as text. */
export function clipboardProvide(text: string): Uint8Array {
  const bytes = encodeText(text);
  const pair = new ByteWriter(4 + bytes.length).u32(bytes.length).bytes(bytes).finish();
  // Many viewers take the end of a zlib stream for an error, so it is only flushed.
  const compressed = deflateSync(pair, { finishFlush: constants.Z_SYNC_FLUSH });
  return serverMessage(CLIPBOARD.provide | CLIPBOARD.text, compressed);
}

/** How many bytes of text {@linkcode clipboardProvide} would provide. */
export function providedLength(text: string): number {
  return encodeText(text).length;
}

/** UTF-8 with CRLF newlines and a NUL behind. */
function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text.replace(/\r\n|\n/g, "\r\n") + "\0");
}

function serverMessage(flags: number, content: Uint8Array = new Uint8Array(0)): Uint8Array {
  return new ByteWriter(12 + content.length)
    .u8(3).padding(3).s32(-(4 + content.length)).u32(flags).bytes(content).finish();
}
