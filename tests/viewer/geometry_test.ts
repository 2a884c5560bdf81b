import { assert, assertEquals } from "@std/assert";
import { setDesktopSize } from "../support/client_extensions.ts";
import { u16 } from "../support/bytes.ts";
import { Random } from "../support/random.ts";
import { sees, Session } from "../support/session.ts";

const EXTENDED_DESKTOP_SIZE = -308;
const FENCE = -312;
const CONTINUOUS_UPDATES = -313;

/** Numbers at which sums and products of 16 bits go wrong, among others. */
function edge(random: Random): number {
  const edges = [0, 1, 47, 48, 63, 64, 0x7fff, 0x8000, 0xfffe, 0xffff];
  return edges[random.below(edges.length)]!;
}

Deno.test("whatever area is asked for, nothing outside of the screen comes, and the viewer stays", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  await viewer.setEncodings(0, FENCE, CONTINUOUS_UPDATES);
  const random = new Random(1);
  for (let i = 0; i < 300; i++) {
    const [x, y, width, height] = [edge(random), edge(random), edge(random), edge(random)];
    await viewer.request(random.below(2) > 0, { x, y, width, height });
    await viewer.write(150, random.below(2), ...[x, y, width, height].flatMap(u16));
  }
  await viewer.write(150, 0, ...new Array(8).fill(0));
  // A rectangle outside of the framebuffer is an error of the test viewer's.
  session.desktop.paint({ x: 0, y: 0, width: 64, height: 48 }, 0x123456);
  await viewer.follow(() => sees(viewer, session.desktop));
  assert(!session.logged("fault"));
});

/** Layouts that no desktop can have; each is answered with this result. */
const LAYOUTS: readonly (readonly [name: string, bytes: number[], result: number])[] = [
  [
    "255 screens",
    setDesktopSize(80, 30, Array.from({ length: 255 }, (_, i) => [i, 0, 0, 80, 30, 0])),
    3,
  ],
  [
    "a screen beyond all numbers",
    setDesktopSize(80, 30, [[0, 0xffff, 0xffff, 0xffff, 0xffff, 0]]),
    3,
  ],
  ["a screen larger than it", setDesktopSize(80, 30, [[0, 0, 0, 0xffff, 0xffff, 0]]), 3],
  ["a screen that is too wide", setDesktopSize(80, 30, [[0, 0, 0, 81, 30, 0]]), 3],
  ["a screen that is too high", setDesktopSize(80, 30, [[0, 0, 0, 80, 31, 0]]), 3],
  ["a screen beside its left edge", setDesktopSize(80, 30, [[0, 1, 0, 80, 30, 0]]), 3],
  ["a screen below its top", setDesktopSize(80, 30, [[0, 0, 1, 80, 30, 0]]), 3],
  ["a width of 0", setDesktopSize(0, 30), 3],
  ["a height of 0", setDesktopSize(80, 0), 3],
];

for (const [name, bytes, result] of LAYOUTS) {
  Deno.test(`a size with ${name} never reaches the desktop`, async () => {
    await using session = new Session();
    const viewer = await session.viewer();
    await viewer.setEncodings(0, EXTENDED_DESKTOP_SIZE);
    await viewer.request(false);
    await viewer.update();
    const before = viewer.told.length;
    await viewer.send(bytes);
    while (viewer.told.length === before) {
      await viewer.request(true);
      await viewer.update();
    }
    const told = viewer.told[before]!;
    assert(told.type === "extendedDesktopSize");
    assertEquals([told.reason, told.result], [1, result]);
    assertEquals([session.desktop.screen.width, session.desktop.screen.height], [64, 48]);
    assert(!session.logged("fault"));
  });
}
