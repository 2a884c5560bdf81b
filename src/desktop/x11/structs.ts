/*
 * Where the fields of C structures lie, in bytes, on 64-bit systems; a test asks the C compiler.
 * `size` is the whole structure.
 */

export const XEvent = { size: 192, type: 0 } as const;
export const XErrorEvent = {
  error_code: 32,
  request_code: 33,
  minor_code: 34,
} as const;
export const XAnyEvent = { send_event: 16 } as const;
export const XKeyEvent = { state: 80, keycode: 84 } as const;
/** MotionNotify and LeaveNotify have the place, too. */
export const XButtonEvent = { x: 64, y: 68, button: 84 } as const;
export const XClientMessageEvent = { data: 56 } as const;
/** CreateNotify has these, too; the other events of SubstructureNotify have `window`. */
export const XConfigureEvent = {
  window: 40,
  x: 48,
  y: 52,
  width: 56,
  height: 60,
  border_width: 64,
} as const;
export const XMappingEvent = { request: 40, first_keycode: 44, count: 48 } as const;
export const XSelectionRequestEvent = {
  requestor: 40,
  selection: 48,
  target: 56,
  property: 64,
  time: 72,
} as const;
export const XSelectionEvent = {
  requestor: 32,
  selection: 40,
  target: 48,
  property: 56,
  time: 64,
} as const;
export const XDamageNotifyEvent = { area: 64 } as const;
export const XGenericEventCookie = { extension: 32, evtype: 36 } as const;
export const XIEventMask = { size: 16, deviceid: 0, mask_len: 4, mask: 8 } as const;
export const XFixesSelectionNotifyEvent = { owner: 48, selection: 56, timestamp: 64 } as const;
export const XkbAnyEvent = { xkb_type: 40 } as const;
export const XkbDescRec = { names: 48 } as const;
export const XkbNamesRec = { keycodes: 0 } as const;

export const XImage = {
  size: 136,
  height: 4,
  data: 16,
  byte_order: 24,
  bytes_per_line: 44,
  bits_per_pixel: 48,
} as const;
export const XShmSegmentInfo = { size: 32, shmid: 8, shmaddr: 16 } as const;
export const Visual = {
  class: 16,
  red_mask: 24,
  green_mask: 32,
  blue_mask: 40,
  map_entries: 52,
} as const;
export const XColor = { size: 16, pixel: 0, red: 8, green: 10, blue: 12 } as const;
export const XRectangle = { size: 8, x: 0, y: 2, width: 4, height: 6 } as const;
export const XModifierKeymap = { max_keypermod: 0, modifiermap: 8 } as const;
export const XFixesCursorImage = { width: 4, height: 6, xhot: 8, yhot: 10, pixels: 24 } as const;

/** The host's byte order, for `DataView`: Deno runs on little-endian machines only. */
export const LITTLE_ENDIAN = true;

/** The bytes of `text` as C wants them, ended by a NUL. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text.replaceAll("\0", "") + "\0");
}

/** A place for a C function to put an `int` or an `unsigned int`. */
export function outInt(): Uint32Array<ArrayBuffer> {
  return new Uint32Array(1);
}

/** A place for a C function to put an `unsigned long` or a pointer. */
export function outLong(): BigUint64Array<ArrayBuffer> {
  return new BigUint64Array(1);
}
