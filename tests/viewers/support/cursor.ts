import { join } from "node:path";
import type { Xvfb } from "../../support/xvfb.ts";
import { tempDir } from "./temp_dir.ts";

/**
 * Gives the bare desktop a cursor.
 * @param rows Its pixels: `#` black, `.` white, a space lets the desktop through.
 * @param hot The pixel that points.
 */
export async function setCursor(
  desk: Xvfb,
  rows: readonly string[],
  hot: readonly [x: number, y: number] = [0, 0],
): Promise<void> {
  await using scratch = await tempDir();
  const [shape, mask] = [join(scratch.path, "shape.xbm"), join(scratch.path, "mask.xbm")];
  await Deno.writeTextFile(shape, bitmap(rows, (pixel) => pixel === "#", hot));
  await Deno.writeTextFile(mask, bitmap(rows, (pixel) => pixel !== " ", hot));
  await desk.run("xsetroot", ["-cursor", shape, mask]);
}

/** A file in the X bitmap format: eight pixels a byte, the leftmost in its lowest bit. */
function bitmap(
  rows: readonly string[],
  isSet: (pixel: string) => boolean,
  [hotX, hotY]: readonly [number, number],
): string {
  const width = rows[0]!.length;
  const bytes = rows.flatMap((row) =>
    Array.from({ length: Math.ceil(width / 8) }, (_, i) => {
      const bits = [...row.slice(i * 8, i * 8 + 8)].map((pixel, bit) => +isSet(pixel) << bit);
      return bits.reduce((byte, bit) => byte | bit);
    })
  );
  return [
    `#define cursor_width ${width}`,
    `#define cursor_height ${rows.length}`,
    `#define cursor_x_hot ${hotX}`,
    `#define cursor_y_hot ${hotY}`,
    "static unsigned char cursor_bits[] = {",
    ...[`${bytes.map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ")} };`, ""],
  ].join("\n");
}
