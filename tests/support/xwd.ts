import type { Xvfb } from "./xvfb.ts";

/** A picture of words `0x00RRGGBB`. */
export interface Screenshot {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** The X screen as the program `xwd` sees it: the truth to compare captures with. */
export async function takeScreenshot(server: Xvfb): Promise<Screenshot> {
  const { stdout, success } = await server.spawn("xwd", ["-root", "-silent"], {
    stdout: "piped",
  }).output();
  if (!success) throw new Error("xwd failed");
  return parseXwd(stdout);
}

const TRUE_COLOR = 4;
const DIRECT_COLOR = 5;
const COLOUR_SIZE = 12;

/** Reads the format of XWDFile.h, version 7, as far as ZPixmaps go. */
export function parseXwd(file: Uint8Array): Screenshot {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const field = (index: number): number => view.getUint32(index * 4);
  const [headerSize, width, height] = [field(0), field(4), field(5)];
  const isBigEndian = field(7) === 1;
  const [bitsPerPixel, bytesPerLine, visualClass] = [field(11), field(12), field(13)];
  const masks = [field(14), field(15), field(16)];
  const colourCount = field(19);

  const colours = new Map<number, number>();
  for (let i = 0; i < colourCount; i++) {
    const at = headerSize + i * COLOUR_SIZE;
    const [red, green, blue] = [4, 6, 8].map((offset) => view.getUint16(at + offset) >> 8);
    colours.set(view.getUint32(at), red! << 16 | green! << 8 | blue!);
  }
  const toWord = (pixel: number): number => {
    if (visualClass === TRUE_COLOR) {
      return masks.reduce((word, mask) => word << 8 | scale(pixel, mask), 0);
    }
    if (visualClass !== DIRECT_COLOR) return colours.get(pixel) ?? 0;
    // Each colour is looked up by itself: entry i of the map has i in the bits of all three masks.
    return masks.reduce((word, mask, i) => {
      const index = ((pixel & mask) >>> 0) / (mask & -mask);
      const entry = masks.reduce((own, other) => own + index * (other & -other), 0);
      return word | (colours.get(entry) ?? 0) & 0xff0000 >> i * 8;
    }, 0);
  };

  const data = headerSize + colourCount * COLOUR_SIZE;
  const bytesPerPixel = bitsPerPixel / 8;
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let pixel = 0;
      for (let i = 0; i < bytesPerPixel; i++) {
        const byte = file[data + y * bytesPerLine + x * bytesPerPixel + i]!;
        pixel += byte * 256 ** (isBigEndian ? bytesPerPixel - 1 - i : i);
      }
      pixels[y * width + x] = toWord(pixel);
    }
  }
  return { width, height, pixels };
}

/** The masked bits of a pixel, spread over 0 to 255. */
function scale(pixel: number, mask: number): number {
  const lowest = mask & -mask;
  return Math.round((((pixel & mask) >>> 0) / lowest) * 255 / (mask / lowest));
}
