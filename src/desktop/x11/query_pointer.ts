import type { Connection } from "./connection.ts";
import { outInt, outLong } from "./structs.ts";

/** The pointer and what is pressed with it, as the server has it now. */
export interface PointerState {
  readonly x: number;
  readonly y: number;
  /** The core modifier state: modifiers, buttons, and the keyboard's group. */
  readonly mask: number;
}

/** Asks the server: one round trip. */
export function queryPointer(
  { display, root, libraries: { x11 } }: Connection,
): PointerState {
  const [x, y, mask] = [outInt(), outInt(), outInt()];
  x11.XQueryPointer(
    ...[display, root, outLong(), outLong(), x, y, outInt(), outInt(), mask] as const,
  );
  return { x: x[0]! | 0, y: y[0]! | 0, mask: mask[0]! };
}
