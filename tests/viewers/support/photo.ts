/** Words in the header of an XWD file (XWDFile.h), before the window's name. */
const HEADER_WORDS = 25;
const FILE_VERSION = 7;
const Z_PIXMAP = 2;
const TRUE_COLOR = 4;

/**
 * Writes a picture as rich in colours as a photo, half of it smooth and half noise, in the format
 * that `xwud` shows in a window.
 */
export async function writePhoto(file: string, width: number, height: number): Promise<void> {
  const name = new TextEncoder().encode("photo\0");
  const header = HEADER_WORDS * 4 + name.length;
  const bytes = new Uint8Array(header + width * height * 4);
  const view = new DataView(bytes.buffer);
  const words = [
    ...[header, FILE_VERSION, Z_PIXMAP, 24, width, height, 0],
    // Least significant byte first; units, padding and pixels of 32 bits.
    ...[0, 32, 0, 32, 32, width * 4],
    ...[TRUE_COLOR, 0xff0000, 0xff00, 0xff, 8, 256],
    // No colour table; the window's size, place and border.
    ...[0, width, height, 0, 0, 0],
  ];
  words.forEach((word, i) => view.setUint32(i * 4, word));
  bytes.set(name, HEADER_WORDS * 4);
  let noise = 1;
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    noise = Math.imul(noise, 1664525) + 1013904223 >>> 0;
    const smooth = (x * 255 / width) << 16 | (y * 255 / height) << 8 | (x + y) & 255;
    view.setUint32(header + i * 4, x < width / 2 ? smooth : noise >>> 8, true);
  }
  await Deno.writeFile(file, bytes);
}
