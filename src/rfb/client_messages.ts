import type { PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";
import type { ByteSource } from "./byte_source.ts";
import { type ClientCutText, readClientCutText } from "./cut_text.ts";
import { ProtocolError } from "./errors.ts";
import { type Fence, readFence } from "./fence.ts";
import { parsePixelFormat, PIXEL_FORMAT_LENGTH } from "./pixel_format.ts";
import { type PointerEvent, readPointerEvent } from "./pointer_event.ts";
import { parseScreen, SCREEN_LENGTH, type ScreenLayout } from "./screen.ts";
import { readXvp, type XvpRequest } from "./xvp.ts";

/** The viewer's messages (RFC 6143 §7.5, and extensions), by the specification's names. */
export type ClientMessage =
  | { readonly type: "SetPixelFormat"; readonly format: PixelFormat }
  | { readonly type: "SetEncodings"; readonly encodings: readonly number[] }
  | {
    readonly type: "FramebufferUpdateRequest";
    readonly incremental: boolean;
    readonly rect: Rect;
  }
  | { readonly type: "KeyEvent"; readonly down: boolean; readonly keysym: number }
  | PointerEvent
  | ClientCutText
  /** A wish for a smaller picture, from UltraVNC's and PalmVNC's viewers: nobody promised them one. */
  | { readonly type: "SetScale"; readonly scale: number }
  | { readonly type: "EnableContinuousUpdates"; readonly enable: boolean; readonly rect: Rect }
  | { readonly type: "ClientFence"; readonly fence: Fence }
  | { readonly type: "xvp"; readonly request: XvpRequest }
  | { readonly type: "SetDesktopSize"; readonly layout: ScreenLayout }
  | {
    readonly type: "QEMUExtendedKeyEvent";
    readonly down: boolean;
    /** 0 where the viewer doesn't know it. */
    readonly keysym: number;
    /** The key's XT scancode; 0x80 is added to those that have 0xe0 in front. */
    readonly keycode: number;
  };

/** What a viewer and vncd have agreed on that changes how messages are read. */
export interface Negotiated {
  /** The viewer has listed ExtendedMouseButtons: a PointerEvent may have a byte more. */
  readonly extendedMouseButtons: boolean;
  /** The viewer has listed the Extended Clipboard: a ClientCutText may be of its form. */
  readonly extendedClipboard: boolean;
}

/** Reads what follows the message type. */
type Reader = (source: ByteSource, negotiated: Negotiated) => Promise<ClientMessage>;

const readers: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [0, readSetPixelFormat],
  [2, readSetEncodings],
  [3, readFramebufferUpdateRequest],
  [4, readKeyEvent],
  [5, (source, negotiated) => readPointerEvent(source, negotiated.extendedMouseButtons)],
  [6, (source, negotiated) => readClientCutText(source, negotiated.extendedClipboard)],
  [8, readSetScale],
  [15, readSetScale],
  [150, readEnableContinuousUpdates],
  [248, async (source) => ({ type: "ClientFence", fence: await readFence(source) })],
  [250, async (source) => ({ type: "xvp", request: await readXvp(source) })],
  [251, readSetDesktopSize],
  [255, readQEMUMessage],
]);

/**
 * Reads the viewer's next message.
 * @returns Undefined when the viewer has closed the connection.
 * @throws {ProtocolError} When the message is unknown or forbidden.
 * @throws {ConnectionClosed} When the stream ends inside a message.
 */
export async function readClientMessage(
  source: ByteSource,
  negotiated: Negotiated,
): Promise<ClientMessage | undefined> {
  const type = await source.messageType();
  if (type === undefined) return undefined;
  const reader = readers.get(type);
  if (reader === undefined) throw new ProtocolError(`unknown message type ${type}`);
  return await reader(source, negotiated);
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
    rect: parseRect(view, 1),
  };
}

function parseRect(view: DataView, offset: number): Rect {
  return {
    x: view.getUint16(offset),
    y: view.getUint16(offset + 2),
    width: view.getUint16(offset + 4),
    height: view.getUint16(offset + 6),
  };
}

async function readKeyEvent(source: ByteSource): Promise<ClientMessage> {
  const view = await source.read(7);
  return { type: "KeyEvent", down: view.getUint8(0) !== 0, keysym: view.getUint32(3) };
}

async function readSetScale(source: ByteSource): Promise<ClientMessage> {
  return { type: "SetScale", scale: (await source.read(3)).getUint8(0) };
}

async function readEnableContinuousUpdates(source: ByteSource): Promise<ClientMessage> {
  const view = await source.read(9);
  return {
    type: "EnableContinuousUpdates",
    enable: view.getUint8(0) !== 0,
    rect: parseRect(view, 1),
  };
}

async function readSetDesktopSize(source: ByteSource): Promise<ClientMessage> {
  const head = await source.read(7);
  const [width, height, count] = [head.getUint16(1), head.getUint16(3), head.getUint8(5)];
  const view = await source.read(count * SCREEN_LENGTH);
  const screens = Array.from({ length: count }, (_, i) => parseScreen(view, i * SCREEN_LENGTH));
  return { type: "SetDesktopSize", layout: { width, height, screens } };
}

/** PrintScreen's scancode, and another one that is to be taken for it. */
const SYS_RQ = 0x54;
const PRINT = 0xb7;

/** The QEMU Client Message; of its kinds vncd announces only the extended key events. */
async function readQEMUMessage(source: ByteSource): Promise<ClientMessage> {
  const submessageType = (await source.read(1)).getUint8(0);
  if (submessageType !== 0) throw new ProtocolError(`unknown QEMU message ${submessageType}`);
  const view = await source.read(10);
  const keycode = view.getUint32(6);
  return {
    type: "QEMUExtendedKeyEvent",
    down: view.getUint16(0) !== 0,
    keysym: view.getUint32(2),
    keycode: keycode === PRINT ? SYS_RQ : keycode,
  };
}
