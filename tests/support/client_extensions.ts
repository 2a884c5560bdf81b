import { deflateSync } from "node:zlib";
import type { Rect } from "../../src/frame/rect.ts";
import { u16, u32 } from "./bytes.ts";

// The bytes of what a viewer sends by the protocol's extensions: `viewer.send(fence(...))`.

export function enableContinuousUpdates(enable: boolean, rect: Rect): number[] {
  const { x, y, width, height } = rect;
  return [150, Number(enable), ...u16(x), ...u16(y), ...u16(width), ...u16(height)];
}

export function fence(flags: number, payload: readonly number[] = []): number[] {
  return [248, 0, 0, 0, ...u32(flags), payload.length, ...payload];
}

/** @param code 2 shutdown, 3 reboot, 4 reset. */
export function xvp(code: number, version = 1): number[] {
  return [250, 0, version, code];
}

/** @param screens Id, position, size and flags of each; one that fills all when left out. */
export function setDesktopSize(
  width: number,
  height: number,
  screens: readonly number[][] = [[0, 0, 0, width, height, 0]],
): number[] {
  const bytes = screens.flatMap(([id, x, y, width, height, flags]) => [
    ...u32(id!),
    ...[x, y, width, height].flatMap((value) => u16(value!)),
    ...u32(flags!),
  ]);
  return [251, 0, ...u16(width), ...u16(height), screens.length, 0, ...bytes];
}

export function extendedKey(keysym: number, keycode: number, down: boolean): number[] {
  return [255, 0, ...u16(Number(down)), ...u32(keysym), ...u32(keycode)];
}

/** @param buttons Up to 15; from the eighth on they go into the second byte. */
export function extendedPointer(x: number, y: number, buttons: number): number[] {
  return [5, 0x80 | buttons & 0x7f, ...u16(x), ...u16(y), buttons >> 7];
}

const CLIPBOARD_ACTIONS = { caps: 24, request: 25, peek: 26, notify: 27, provide: 28 };

/** An Extended Clipboard message. */
export function clipboard(
  action: keyof typeof CLIPBOARD_ACTIONS,
  formats: number,
  content: readonly number[] = [],
): number[] {
  const flags = 2 ** CLIPBOARD_ACTIONS[action] + formats;
  return [6, 0, 0, 0, ...u32(-(4 + content.length)), ...u32(flags), ...content];
}

/** @param textSize Bytes of text that may be sent unasked. */
export function clipboardCaps(textSize: number, actions = ["request", "notify", "provide"]) {
  const bits = actions.map((name) => 2 ** CLIPBOARD_ACTIONS[name as "peek"]);
  return clipboard("caps", bits.reduce((sum, bit) => sum + bit, 1), u32(textSize));
}

/** @param data Of each format in the order of their bits. */
export function clipboardProvideMore(formats: number, data: readonly Uint8Array[]): number[] {
  const bytes = data.flatMap((content) => [...u32(content.length), ...content]);
  return clipboard("provide", formats, [...deflateSync(Uint8Array.from(bytes))]);
}

export function clipboardProvide(text: string): number[] {
  const bytes = new TextEncoder().encode(text.replaceAll("\n", "\r\n") + "\0");
  return clipboardProvideMore(1, [bytes]);
}
