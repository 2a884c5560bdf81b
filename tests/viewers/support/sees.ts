import { AssertionError } from "@std/assert";
import { join } from "node:path";
import { difference, type Picture, unlikeness, writePng } from "./picture.ts";
import { PATIENCE } from "../../support/until.ts";

/** How closely {@linkcode assertSees} looks. */
export interface Closeness {
  /** By how much red, green and blue may differ. */
  readonly tolerance?: readonly [number, number, number];
  /** The least peak signal-to-noise ratio, instead of the same pixels. */
  readonly decibels?: number;
}

/**
 * Fails unless a viewer comes to show a picture, and keeps both as PNG files then.
 * @param look What the viewer shows now.
 * @param shown What it has to show within {@linkcode PATIENCE}, exactly unless said otherwise. It is
 *   asked for anew each time: what looked finished may have been a program's pause.
 */
export async function assertSees(
  look: () => Promise<Picture>,
  shown: () => Promise<Picture>,
  { tolerance, decibels }: Closeness = {},
): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const actual = await look();
    const expected = await shown();
    const found = decibels === undefined
      ? difference(actual, expected, tolerance)
      : unlikeness(actual, expected, decibels);
    if (found === undefined) return;
    if (Date.now() < deadline) continue;
    const directory = await Deno.makeTempDir({ prefix: "vncd-seen-" });
    await writePng(join(directory, "viewer.png"), actual);
    await writePng(join(directory, "screen.png"), expected);
    throw new AssertionError(`${found}; both pictures are in ${directory}`);
  }
}
