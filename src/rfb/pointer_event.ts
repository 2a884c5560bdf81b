import type { ByteSource } from "./byte_source.ts";

/** PointerEvent (RFC 6143 §7.5.5), perhaps of the form that ExtendedMouseButtons adds. */
export interface PointerEvent {
  readonly type: "PointerEvent";
  /** Bit 0 left, 1 middle, 2 right, 3 to 6 the wheels, 7 back, 8 forward. */
  readonly buttons: number;
  /**
   * Where the pointer is; how far it has moved, from {@linkcode NO_MOTION}, where vncd has asked
   * for that by the QEMU Pointer Motion Change pseudo-encoding.
   */
  readonly x: number;
  readonly y: number;
}

/** What stands in `x` and `y` of a relative PointerEvent without a motion. */
export const NO_MOTION = 0x7fff;

/** The bit of the button-mask that says whether a PointerEvent is an extended one. */
const MARKER = 0x80;

/**
 * Reads what follows the message type of a PointerEvent.
 * @param extendedMouseButtons Whether the highest bit is a marker, not the back button.
 */
export async function readPointerEvent(
  source: ByteSource,
  extendedMouseButtons: boolean,
): Promise<PointerEvent> {
  const view = await source.read(5);
  const event: PointerEvent = {
    type: "PointerEvent",
    buttons: view.getUint8(0),
    x: view.getUint16(1),
    y: view.getUint16(3),
  };
  if (!extendedMouseButtons || (event.buttons & MARKER) === 0) return event;
  // The seven buttons behind the first seven: back takes the marker's place.
  const more = (await source.read(1)).getUint8(0);
  return { ...event, buttons: event.buttons & ~MARKER | more << 7 };
}
