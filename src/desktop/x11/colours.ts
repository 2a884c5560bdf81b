import type { Connection } from "./connection.ts";
import { type Channel, type Colours, linearChannel, shiftOf } from "./convert.ts";
import { LITTLE_ENDIAN, Visual, XColor } from "./structs.ts";

/** Visual classes of the X protocol; in the odd ones, clients may change the colours at any time. */
const TRUE_COLOR = 4;
const DIRECT_COLOR = 5;

interface VisualInfo {
  readonly class: number;
  readonly masks: readonly [red: number, green: number, blue: number];
  readonly mapEntries: number;
}

/** The colours of the screen's default visual, and of its default colour map where it needs one. */
export class ScreenColours {
  /** Whether {@linkcode read} may find other colours than before. */
  readonly areChangeable: boolean;
  readonly #connection: Connection;
  readonly #visual: VisualInfo;
  readonly #colormap: bigint;

  constructor(connection: Connection) {
    const { display, screenNumber, libraries: { x11 } } = connection;
    this.#connection = connection;
    this.#visual = readVisual(x11.XDefaultVisual(display, screenNumber)!);
    this.#colormap = x11.XDefaultColormap(display, screenNumber);
    this.areChangeable = (this.#visual.class & 1) === 1;
  }

  read(): Colours {
    const { class: visualClass, masks, mapEntries } = this.#visual;
    if (visualClass === TRUE_COLOR) {
      const [red, green, blue] = masks;
      return {
        red: linearChannel(red),
        green: linearChannel(green),
        blue: linearChannel(blue),
      };
    }
    if (visualClass !== DIRECT_COLOR) {
      const pixels = Array.from({ length: mapEntries }, (_, pixel) => pixel);
      return { map: Uint32Array.from(this.#query(pixels), ([r, g, b]) => r << 16 | g << 8 | b) };
    }
    // A DirectColor map has a ramp for each channel; entry i of all three is asked for at once.
    const pixels = Array.from(
      { length: mapEntries },
      (_, i) => masks.reduce((pixel, mask) => (pixel | (i << shiftOf(mask)) & mask) >>> 0, 0),
    );
    const entries = this.#query(pixels);
    const channel = (which: 0 | 1 | 2): Channel => {
      const mask = masks[which];
      const ramp = Uint8Array.from(
        { length: (mask >>> shiftOf(mask)) + 1 },
        (_, i) => entries[i]?.[which] ?? 0,
      );
      return { mask, ramp };
    };
    return { red: channel(0), green: channel(1), blue: channel(2) };
  }

  #query(pixels: readonly number[]): [red: number, green: number, blue: number][] {
    const { display, libraries: { x11 } } = this.#connection;
    const colours = new DataView(new ArrayBuffer(XColor.size * pixels.length));
    pixels.forEach((pixel, i) =>
      colours.setBigUint64(i * XColor.size + XColor.pixel, BigInt(pixel), LITTLE_ENDIAN)
    );
    x11.XQueryColors(display, this.#colormap, colours, pixels.length);
    // Intensities have 16 bits.
    const intensity = (i: number, field: number): number =>
      colours.getUint16(i * XColor.size + field, LITTLE_ENDIAN) >> 8;
    return pixels.map((_, i) => [
      intensity(i, XColor.red),
      intensity(i, XColor.green),
      intensity(i, XColor.blue),
    ]);
  }
}

function readVisual(visual: Deno.PointerObject): VisualInfo {
  const view = new Deno.UnsafePointerView(visual);
  const mask = (offset: number): number => Number(view.getBigUint64(offset) & 0xffffffffn);
  return {
    class: view.getInt32(Visual.class),
    masks: [mask(Visual.red_mask), mask(Visual.green_mask), mask(Visual.blue_mask)],
    mapEntries: view.getInt32(Visual.map_entries),
  };
}
