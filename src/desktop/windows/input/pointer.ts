import type { Rect } from "../../../frame/rect.ts";
import type { Position } from "../../desktop.ts";
import type { Libraries } from "../libraries.ts";
import type { PointerWatch } from "./pointer_watch.ts";
import { MouseFlag, type MouseInput, sendMouse } from "./send_input.ts";

/** One notch of a wheel. */
const WHEEL_DELTA = 120;
const XBUTTON1 = 1;
const XBUTTON2 = 2;

const LEFT = { down: { flags: MouseFlag.LEFTDOWN }, up: { flags: MouseFlag.LEFTUP } };
const MIDDLE = { down: { flags: MouseFlag.MIDDLEDOWN }, up: { flags: MouseFlag.MIDDLEUP } };
const RIGHT = { down: { flags: MouseFlag.RIGHTDOWN }, up: { flags: MouseFlag.RIGHTUP } };
const extra = (data: number) => ({
  down: { flags: MouseFlag.XDOWN, data },
  up: { flags: MouseFlag.XUP, data },
});
const notch = (flags: number, data: number) => ({ down: { flags, data }, up: undefined });

/** What pressing and releasing each bit of the protocol's button mask means. */
const BUTTONS: readonly { readonly down: MouseInput; readonly up: MouseInput | undefined }[] = [
  LEFT,
  MIDDLE,
  RIGHT,
  notch(MouseFlag.WHEEL, WHEEL_DELTA),
  notch(MouseFlag.WHEEL, -WHEEL_DELTA),
  notch(MouseFlag.HWHEEL, -WHEEL_DELTA),
  notch(MouseFlag.HWHEEL, WHEEL_DELTA),
  extra(XBUTTON1),
  extra(XBUTTON2),
];
/** For a left-handed user: Windows takes SendInput's buttons for the mouse's, and swaps them again. */
const SWAPPED = BUTTONS.with(0, RIGHT).with(2, LEFT);
const SM_SWAPBUTTON = 23;

/** The farthest that the protocol can say. */
const FARTHEST = 0x7fff;

/** The mouse, moved and clicked through SendInput. */
export class Pointer {
  readonly #libraries: Libraries;
  readonly #watch: PointerWatch;
  /** The mask of buttons that are pressed. */
  #pressed = 0;
  /** What was pressed for each bit: the user may swap the buttons meanwhile. */
  readonly #ups = new Map<number, MouseInput | undefined>();

  /** @param watch Is told where the pointer goes. */
  constructor(libraries: Libraries, watch: PointerWatch) {
    this.#libraries = libraries;
    this.#watch = watch;
  }

  /**
   * Moves to a place of the screen, from its top left corner, then presses and releases what the mask
   * says.
   * @param area The virtual screen.
   * @returns Whether Windows took it.
   */
  set(x: number, y: number, buttons: number, area: Rect): boolean {
    const place = { x: clip(x, 0, area.width - 1), y: clip(y, 0, area.height - 1) };
    this.#watch.put(place);
    return sendMouse(this.#libraries, [motionTo(place, area), ...this.#changes(buttons)]);
  }

  /**
   * Moves by so many pixels, whatever the user's mouse is set to, then presses and releases what the
   * mask says.
   * @returns Whether Windows took it.
   */
  moveBy(dx: number, dy: number, buttons: number, area: Rect): boolean {
    const inputs = this.#changes(buttons);
    const [right, down] = [clip(dx, -FARTHEST, FARTHEST), clip(dy, -FARTHEST, FARTHEST)];
    const from = this.#watch.ask();
    if (from !== undefined && (right !== 0 || down !== 0)) {
      inputs.unshift(motionTo({
        x: clip(from.x + right, 0, area.width - 1),
        y: clip(from.y + down, 0, area.height - 1),
      }, area));
    }
    const isTaken = inputs.length === 0 || sendMouse(this.#libraries, inputs);
    this.#watch.look();
    return isTaken;
  }

  releaseAll(): void {
    const inputs = this.#changes(0);
    if (inputs.length > 0) sendMouse(this.#libraries, inputs);
  }

  /** What leads from the buttons that are pressed to a mask of them. */
  #changes(mask: number): MouseInput[] {
    const inputs: (MouseInput | undefined)[] = [];
    const isSwapped = this.#libraries.user32.GetSystemMetrics(SM_SWAPBUTTON) !== 0;
    for (const [bit, { down, up }] of (isSwapped ? SWAPPED : BUTTONS).entries()) {
      if (((mask ^ this.#pressed) >>> bit & 1) === 0) continue;
      if ((mask >>> bit & 1) === 1) {
        inputs.push(down);
        this.#ups.set(bit, up);
      } else {
        inputs.push(this.#ups.get(bit));
      }
    }
    this.#pressed = mask;
    return inputs.filter((input) => input !== undefined);
  }
}

/** SendInput counts from 0 to 65536 over the virtual screen: this is the middle of the pixel. */
function motionTo({ x, y }: Position, { width, height }: Rect): MouseInput {
  const middle = (place: number, size: number) => Math.floor((place + 0.5) * 65536 / size);
  return {
    dx: middle(x, width),
    dy: middle(y, height),
    flags: MouseFlag.MOVE | MouseFlag.ABSOLUTE | MouseFlag.VIRTUALDESK,
  };
}

function clip(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.trunc(value) || 0));
}
