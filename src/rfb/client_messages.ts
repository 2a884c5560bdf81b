import type { PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";
import type { ByteSource } from "./byte_source.ts";
import { ProtocolError } from "./errors.ts";
import { decodeLatin1 } from "../latin1.ts";
import { parsePixelFormat, PIXEL_FORMAT_LENGTH } from "./pixel_format.ts";

/** The longest text that a viewer may put on the clipboard, in bytes. */
export const MAX_CUT_TEXT = 1 << 20;

/** The viewer's messages (RFC 6143 §7.5), by the specification's names. */
export type ClientMessage =
  | { readonly type: "SetPixelFormat"; readonly format: PixelFormat }
  | { readonly type: "SetEncodings"; readonly encodings: readonly number[] }
  | {
    readonly type: "FramebufferUpdateRequest";
    readonly incremental: boolean;
    readonly rect: Rect;
  }
  | { readonly type: "KeyEvent"; readonly down: boolean; readonly keysym: number }
  | {
    readonly type: "PointerEvent";
    readonly buttons: number;
    readonly x: number;
    readonly y: number;
  }
  /** `text` is undefined where it was longer than {@linkcode MAX_CUT_TEXT} and passed over. */
  | { readonly type: "ClientCutText"; readonly length: number; readonly text: string | undefined };

/** Reads what follows the message type. */
type Reader = (source: ByteSource) => Promise<ClientMessage>;

const readers: ReadonlyMap<number, Reader> = new Map([
  [0, readSetPixelFormat],
  [2, readSetEncodings],
  [3, readFramebufferUpdateRequest],
  [4, readKeyEvent],
  [5, readPointerEvent],
  [6, readClientCutText],
]);

/**
 * Reads the viewer's next message.
 * @returns Undefined when the viewer has closed the connection.
 * @throws {ProtocolError} When the message is unknown or forbidden.
 * @throws {ConnectionClosed} When the stream ends inside a message.
 */
export async function readClientMessage(source: ByteSource): Promise<ClientMessage | undefined> {
  const type = await source.messageType();
  if (type === undefined) return undefined;
  const reader = readers.get(type);
  if (reader === undefined) throw new ProtocolError(`unknown message type ${type}`);
  return await reader(source);
}

async function readSetPixelFormat(source: ByteSource): Promise<ClientMessage> {
  const view = await source.read(3 + PIXEL_FORMAT_LENGTH);
  return { type: "SetPixelFormat", format: parsePixelFormat(view, 3) };
}

async function readSetEncodings(source: ByteSource): Promise<ClientMessage> {
  const count = (await source.read(3)).getUint16(1);
  const view = await source.read(count * 4);
  const encodings = Array.from({ length: count }, (_, i) => view.getInt32(i * 4));
  return { type: "SetEncodings", encodings };
}

async function readFramebufferUpdateRequest(source: ByteSource): Promise<ClientMessage> {
  const view = await source.read(9);
  return {
    type: "FramebufferUpdateRequest",
    incremental: view.getUint8(0) !== 0,
    rect: {
      x: view.getUint16(1),
      y: view.getUint16(3),
      width: view.getUint16(5),
      height: view.getUint16(7),
    },
  };
}

async function readKeyEvent(source: ByteSource): Promise<ClientMessage> {
  const view = await source.read(7);
  return { type: "KeyEvent", down: view.getUint8(0) !== 0, keysym: view.getUint32(3) };
}

async function readPointerEvent(source: ByteSource): Promise<ClientMessage> {
  const view = await source.read(5);
  return {
    type: "PointerEvent",
    buttons: view.getUint8(0),
    x: view.getUint16(1),
    y: view.getUint16(3),
  };
}

async function readClientCutText(source: ByteSource): Promise<ClientMessage> {
  const length = (await source.read(7)).getUint32(3);
  // A long text is no attack: it is passed over, in bounded memory, and the viewer stays.
  if (length > MAX_CUT_TEXT) {
    await source.skip(length);
    return { type: "ClientCutText", length, text: undefined };
  }
  return { type: "ClientCutText", length, text: decodeLatin1(await source.readBytes(length)) };
}
