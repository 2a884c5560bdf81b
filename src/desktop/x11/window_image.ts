import { Framebuffer } from "../../frame/framebuffer.ts";
import { PlatformError } from "../errors.ts";
import { ScreenColours } from "./colours.ts";
import type { Connection } from "./connection.ts";
import { type Channel, type Colours, shiftOf } from "./convert.ts";
import { destroyImage, readLayout } from "./screen_image.ts";
import { LITTLE_ENDIAN, XImage } from "./structs.ts";

const Z_PIXMAP = 2;

/** A picture of our own that a window shows, whatever the screen's pixels look like. */
export class WindowImage {
  /** What to draw into. */
  readonly frame: Framebuffer;
  readonly #connection: Connection;
  readonly #image: Deno.PointerObject;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  /** The pixel value of each colour in use: they are few. */
  readonly #pixels = new Map<number, number>();

  /** @throws {PlatformError} When the server's screen is too strange. */
  constructor(connection: Connection, width: number, height: number) {
    const { display, screenNumber, libraries: { x11 } } = connection;
    this.#connection = connection;
    this.frame = new Framebuffer(width, height);
    const image = x11.XCreateImage(
      ...[display, x11.XDefaultVisual(display, screenNumber)] as const,
      ...[x11.XDefaultDepth(display, screenNumber), Z_PIXMAP, 0, null] as const,
      ...[width, height, 32, 0] as const,
    );
    if (image === null) throw new PlatformError("the X server cannot make an image for its screen");
    this.#image = image;
    this.#bytes = new Uint8Array(readLayout(image).bytesPerLine * height);
    new DataView(Deno.UnsafePointerView.getArrayBuffer(image, XImage.size)).setBigUint64(
      XImage.data,
      Deno.UnsafePointer.value(Deno.UnsafePointer.of(this.#bytes)),
      LITTLE_ENDIAN,
    );
  }

  /** Shows `frame` in a window as large as it is. */
  show(window: bigint): void {
    this.#convert();
    const { display, screenNumber, libraries: { x11 } } = this.#connection;
    x11.XPutImage(
      ...[display, window, x11.XDefaultGC(display, screenNumber), this.#image] as const,
      ...[0, 0, 0, 0, this.frame.width, this.frame.height] as const,
    );
  }

  close(): void {
    destroyImage(this.#connection, this.#image);
  }

  #convert(): void {
    const { width, height, pixels } = this.frame;
    const { bitsPerPixel, bytesPerLine, bigEndian } = readLayout(this.#image);
    const colours = new ScreenColours(this.#connection).read();
    this.#pixels.clear();
    const size = bitsPerPixel / 8;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const pixel = this.#pixelOf(pixels[y * width + x]!, colours);
        const at = y * bytesPerLine + x * size;
        for (let byte = 0; byte < size; byte++) {
          this.#bytes[at + byte] = pixel >>> 8 * (bigEndian ? size - 1 - byte : byte);
        }
      }
    }
  }

  #pixelOf(colour: number, colours: Colours): number {
    let pixel = this.#pixels.get(colour);
    if (pixel === undefined) {
      pixel = nearestPixel(colour, colours);
      this.#pixels.set(colour, pixel);
    }
    return pixel;
  }
}

/** The pixel value that looks most like a colour, `0xRRGGBB`. */
function nearestPixel(colour: number, colours: Colours): number {
  const [red, green, blue] = [colour >> 16 & 255, colour >> 8 & 255, colour & 255] as const;
  if ("map" in colours) {
    return nearest(
      colours.map,
      (entry) =>
        ((entry >> 16 & 255) - red) ** 2 + ((entry >> 8 & 255) - green) ** 2 +
        ((entry & 255) - blue) ** 2,
    );
  }
  const bits = ({ mask, ramp }: Channel, value: number) =>
    nearest(ramp, (each) => Math.abs(each - value)) << shiftOf(mask);
  return (bits(colours.red, red) | bits(colours.green, green) | bits(colours.blue, blue)) >>> 0;
}

/** The index of the entry that is the least far off. */
function nearest(entries: ArrayLike<number>, distance: (entry: number) => number): number {
  let best = 0;
  for (let i = 1; i < entries.length; i++) {
    if (distance(entries[i]!) < distance(entries[best]!)) best = i;
  }
  return best;
}
