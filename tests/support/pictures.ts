import { glyphOf } from "../../src/desktop/text/font.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { Random } from "./random.ts";

/** Makes a picture of any size; the same size gives the same picture. */
export type Picture = (width: number, height: number) => Framebuffer;

/** Generated pictures, one for each kind of content that encoders treat differently. */
export const PICTURES: Readonly<Record<string, Picture>> = {
  flat,
  almostFlat,
  text,
  smoothText,
  userInterface,
  stripes,
  photo,
  noise,
};

const TEXT_CELL = { width: 8, height: 16 };

/** A single colour. */
export function flat(width: number, height: number): Framebuffer {
  const frame = new Framebuffer(width, height);
  frame.pixels.fill(0x336699);
  return frame;
}

/** A single colour but for one pixel in each 50x50 or so. */
export function almostFlat(width: number, height: number): Framebuffer {
  const frame = flat(width, height);
  const random = new Random(2);
  for (let n = 0; n < Math.ceil(width * height / 2500); n++) {
    frame.pixels[random.below(frame.pixels.length)] = random.bits() >>> 8;
  }
  return frame;
}

/** Lines of glyph-like strokes with softened edges, dark on white. */
export function text(width: number, height: number): Framebuffer {
  const frame = new Framebuffer(width, height);
  frame.pixels.fill(0xffffff);
  writeText(frame, frame.bounds, new Random(3), 0x101010);
  return frame;
}

/** Text in many colours on a dark ground, its edges softened for each subpixel: hundreds of colours. */
export function smoothText(width: number, height: number): Framebuffer {
  const frame = new Framebuffer(width, height);
  const colours = [0xd4d4d4, 0x569cd6, 0xce9178, 0x6a9955, 0xdcdcaa];
  const ground = 0x1e1e1e;
  const rowsOf = Array.from({ length: 60 }, (_, n) => glyphOf(0x41 + n).rows);
  const random = new Random(7);
  const letters = Uint8Array.from({ length: 4096 }, () => random.below(80));
  /** Whether there's ink at a place that is measured in the font's dots. */
  const ink = (x: number, y: number) => {
    const letter = letters[Math.floor(y / 16) * 97 + Math.floor(x / 8) & 4095]!;
    return (rowsOf[letter]?.[Math.floor(y) % 16] ?? 0) >> 7 - Math.floor(x) % 8 & 1;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colours[(x >> 6) + (y >> 4) * 3 & 7] ?? colours[0]!;
      let value = 0;
      for (const [subpixel, shift] of [16, 8, 0].entries()) {
        let inked = 0;
        for (let n = 0; n < 9; n++) {
          const across = x + (subpixel + n % 3 - 1) / 3;
          inked += ink((across + 1) * 0.8, (y + Math.floor(n / 3) / 3) * 0.8);
        }
        const [from, to] = [ground >> shift & 0xff, colour >> shift & 0xff];
        value |= Math.round(from + (to - from) * inked / 9) << shift;
      }
      frame.pixels[y * width + x] = value;
    }
  }
  return frame;
}

/** Panels, buttons and frames in few colours, with text on some. */
export function userInterface(width: number, height: number): Framebuffer {
  const random = new Random(4);
  const frame = new Framebuffer(width, height);
  frame.pixels.fill(0x2d5a7b);
  const colours = [0xf0f0f0, 0xd0d0d0, 0x3465a4, 0xffffff, 0x4a4a4a, 0xe8e8e7];
  for (let n = 0; n < 40; n++) {
    const area = {
      x: random.below(width),
      y: random.below(height),
      width: 1 + random.below(width / 3),
      height: 1 + random.below(height / 3),
    };
    fill(frame, area, 0x202020);
    const inside = { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 };
    fill(frame, inside, colours[random.below(colours.length)]!);
    if (n % 2 === 0) writeText(frame, inside, random, n % 4 === 0 ? 0x101010 : 0x1040a0);
  }
  return frame;
}

/** Rows and columns of changing colours: many colours, long runs. */
export function stripes(width: number, height: number): Framebuffer {
  const frame = new Framebuffer(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      frame.pixels[y * width + x] = x % 48 < 40 ? (y * 0x030507) & 0xffffff : (x * 0x0b0d11) & 0xff;
    }
  }
  return frame;
}

/** Smooth gradients with a little noise. */
export function photo(width: number, height: number): Framebuffer {
  const frame = new Framebuffer(width, height);
  const random = new Random(5);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const noise = random.below(4);
      const red = 128 + 100 * Math.sin(x / 97 + y / 311) + noise;
      const green = 128 + 100 * Math.cos(y / 83 - x / 457) + noise;
      const blue = 128 + 100 * Math.sin((x + y) / 173) + noise;
      frame.pixels[y * width + x] = (red & 0xff) << 16 | (green & 0xff) << 8 | (blue & 0xff);
    }
  }
  return frame;
}

/** Panels and text as in `userInterface`, with a window in front that plays a grainy video. */
export function busyDesktop(width: number, height: number): Framebuffer {
  const frame = userInterface(width, height);
  const video = photo(width >> 1, height >> 1);
  const random = new Random(7);
  const [left, top] = [width >> 3, height >> 3];
  for (let y = 0; y < video.height; y++) {
    for (let x = 0; x < video.width; x++) {
      const grain = random.below(8) * 0x010101;
      frame.pixels[(top + y) * width + left + x] = (video.pixels[y * video.width + x]! & 0xf8f8f8) +
        grain;
    }
  }
  return frame;
}

/** Every pixel at random. */
export function noise(width: number, height: number): Framebuffer {
  const frame = new Framebuffer(width, height);
  const random = new Random(6);
  for (let i = 0; i < frame.pixels.length; i++) frame.pixels[i] = random.bits() >>> 8;
  return frame;
}

/** Fills the part of `area` that lies in the picture. */
function fill(frame: Framebuffer, area: Rect, colour: number): void {
  const right = Math.min(frame.width, area.x + area.width);
  const bottom = Math.min(frame.height, area.y + area.height);
  for (let y = area.y; y < bottom; y++) {
    if (area.x < right) {
      frame.pixels.fill(colour, y * frame.width + area.x, y * frame.width + right);
    }
  }
}

/** Fills an area with words of made-up letters. */
function writeText(frame: Framebuffer, area: Rect, random: Random, colour: number): void {
  const right = Math.min(frame.width, area.x + area.width) - TEXT_CELL.width;
  const bottom = Math.min(frame.height, area.y + area.height) - TEXT_CELL.height;
  for (let y = area.y; y <= bottom; y += TEXT_CELL.height) {
    const end = area.x + (right - area.x) * (0.3 + random.below(70) / 100);
    for (let x = area.x; x <= end; x += TEXT_CELL.width) {
      if (random.below(6) > 0) drawGlyph(frame, x, y, random.below(60), colour);
    }
  }
}

/** Three strokes that depend on the letter, each with a paler pixel at both ends. */
function drawGlyph(frame: Framebuffer, x: number, y: number, letter: number, colour: number): void {
  const random = new Random(letter + 100);
  const put = (dx: number, dy: number, value: number) => {
    frame.pixels[(y + dy) * frame.width + x + dx] = value;
  };
  for (let stroke = 0; stroke < 3; stroke++) {
    const vertical = random.below(2) === 0;
    const from = 1 + random.below(2);
    const length = vertical ? 6 + random.below(4) : 3 + random.below(2);
    const across = vertical ? 1 + random.below(5) : 3 + random.below(9);
    for (let n = 0; n < length; n++) {
      const value = n === 0 || n === length - 1 ? 0x8f9499 + letter : colour;
      if (vertical) put(across, from + n + 2, value);
      else put(from + n, across, value);
    }
  }
}
