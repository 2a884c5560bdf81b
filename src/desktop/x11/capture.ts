import { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";
import { ScreenColours } from "./colours.ts";
import type { Connection } from "./connection.ts";
import { type Colours, convert, createPalette, isNative, type Palette } from "./convert.ts";
import { createPlainImage, createSharedImage, type ScreenImage } from "./screen_image.ts";

/** The screen's pixels at one size: a framebuffer, and how to bring it up to date. */
export class Capture {
  readonly screen: Framebuffer;
  /** Whether the pixels come through memory shared with the server. */
  readonly isShared: boolean;
  readonly #image: ScreenImage;
  readonly #colours: ScreenColours;
  /** How to convert pixels; `undefined` where `screen` shows the image itself. */
  #conversion: { readonly colours: Colours; readonly palette: Palette } | undefined;

  constructor(connection: Connection, width: number, height: number) {
    const shared = createSharedImage(connection, width, height);
    this.isShared = shared !== undefined;
    this.#image = shared ?? createPlainImage(connection, width, height);
    this.#colours = new ScreenColours(connection);
    const colours = this.#colours.read();
    const { layout, bytes } = this.#image;
    if (!this.#colours.areChangeable && isNative(layout, colours)) {
      const pixels = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
      this.screen = new Framebuffer(width, height, pixels, layout.bytesPerLine / 4);
    } else {
      this.screen = new Framebuffer(width, height);
      this.#conversion = { colours, palette: createPalette(layout.bitsPerPixel, colours) };
    }
  }

  /**
   * Brings `screen` up to date where the rectangles are.
   * @returns What was brought up to date: more than asked for when colours of the colour map have
   *   changed; `undefined` when the server couldn't.
   */
  grab(rects: readonly Rect[]): readonly Rect[] | undefined {
    if (!this.#image.fetch(rects)) return undefined;
    if (this.#conversion === undefined) return rects;
    const converted = this.#refreshColours() ? [this.screen.bounds] : rects;
    const { layout, bytes } = this.#image;
    for (const rect of converted) {
      convert(bytes, layout, this.#conversion.palette, this.screen, rect);
    }
    return converted;
  }

  close(): void {
    this.#image.close();
  }

  /** Reads the colours anew; whether they have changed since then. X tells nobody when they do. */
  #refreshColours(): boolean {
    if (!this.#colours.areChangeable) return false;
    const colours = this.#colours.read();
    if (sameColours(colours, this.#conversion!.colours)) return false;
    const palette = createPalette(this.#image.layout.bitsPerPixel, colours);
    this.#conversion = { colours, palette };
    return true;
  }
}

function sameColours(a: Colours, b: Colours): boolean {
  const same = (left: ArrayLike<number>, right: ArrayLike<number>): boolean =>
    Array.prototype.every.call(left, (value, i) => value === right[i]);
  if ("map" in a) return "map" in b && same(a.map, b.map);
  return "red" in b && same(a.red.ramp, b.red.ramp) && same(a.green.ramp, b.green.ramp) &&
    same(a.blue.ramp, b.blue.ramp);
}
