import type { Libraries } from "../libraries.ts";
import { INPUT, KEYBDINPUT, LITTLE_ENDIAN, MOUSEINPUT } from "../structs.ts";

const INPUT_MOUSE = 0;
const INPUT_KEYBOARD = 1;

/** What SendInput takes for the mouse; {@linkcode MouseFlag} bits in `flags`. */
export interface MouseInput {
  readonly dx?: number;
  readonly dy?: number;
  /** Of the wheel, or which extra button. */
  readonly data?: number;
  readonly flags: number;
}

/** What SendInput takes for the keyboard; {@linkcode KeyFlag} bits in `flags`. */
export interface KeyInput {
  readonly virtualKey?: number;
  readonly scan?: number;
  readonly flags: number;
}

/** The bits of MOUSEINPUT's dwFlags. */
export const MouseFlag = {
  MOVE: 0x1,
  LEFTDOWN: 0x2,
  LEFTUP: 0x4,
  RIGHTDOWN: 0x8,
  RIGHTUP: 0x10,
  MIDDLEDOWN: 0x20,
  MIDDLEUP: 0x40,
  XDOWN: 0x80,
  XUP: 0x100,
  WHEEL: 0x800,
  HWHEEL: 0x1000,
  VIRTUALDESK: 0x4000,
  ABSOLUTE: 0x8000,
} as const;

/** The bits of KEYBDINPUT's dwFlags. */
export const KeyFlag = { EXTENDEDKEY: 1, KEYUP: 2, UNICODE: 4, SCANCODE: 8 } as const;

/**
 * Plays input, all at once: nobody else's comes in between.
 * @returns Whether Windows took it. It doesn't on the lock screen; for a program with more rights it
 *   needn't say so.
 */
export function sendMouse({ user32 }: Libraries, inputs: readonly MouseInput[]): boolean {
  const view = table(inputs, INPUT_MOUSE, ({ dx = 0, dy = 0, data = 0, flags }, set) => {
    set(INPUT.mi + MOUSEINPUT.dx, dx);
    set(INPUT.mi + MOUSEINPUT.dy, dy);
    set(INPUT.mi + MOUSEINPUT.mouseData, data);
    set(INPUT.mi + MOUSEINPUT.dwFlags, flags);
  });
  return user32.SendInput(inputs.length, view, INPUT.size) === inputs.length;
}

/** As {@linkcode sendMouse}, for keys. */
export function sendKeys({ user32 }: Libraries, inputs: readonly KeyInput[]): boolean {
  const view = table(inputs, INPUT_KEYBOARD, ({ virtualKey = 0, scan = 0, flags }, set) => {
    // Two fields of 16 bits.
    set(INPUT.ki + KEYBDINPUT.wVk, virtualKey | scan << 16);
    set(INPUT.ki + KEYBDINPUT.dwFlags, flags);
  });
  return user32.SendInput(inputs.length, view, INPUT.size) === inputs.length;
}

/** An array of INPUT structures. */
function table<T>(
  inputs: readonly T[],
  type: number,
  fill: (input: T, set: (offset: number, value: number) => void) => void,
): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(inputs.length * INPUT.size));
  for (const [i, input] of inputs.entries()) {
    const set = (offset: number, value: number) =>
      view.setInt32(i * INPUT.size + offset, value, LITTLE_ENDIAN);
    set(INPUT.type, type);
    fill(input, set);
  }
  return view;
}
