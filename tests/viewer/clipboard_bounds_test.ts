import { assert, assertEquals } from "@std/assert";
import { clipboard, clipboardProvide } from "../support/client_extensions.ts";
import { u32 } from "../support/bytes.ts";
import { largestArray } from "../support/largest_array.ts";
import { Session, turn } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";

const EXTENDED_CLIPBOARD = 0xc0a1e5ce | 0;

/** Waits until everything sent before has taken effect. */
async function settled(viewer: TestViewer): Promise<void> {
  await viewer.request(false);
  await viewer.update();
}

Deno.test("the Extended Clipboard means nothing from a viewer that never listed it", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  await viewer.send(clipboardProvide("hello"));
  // To such a viewer that length is one of 4 GB, of which only so much comes.
  for (let i = 0; i < 20; i++) await viewer.send(new Array(100_000).fill(3));
  viewer.close();
  await session.untilLogged("gone");
  assertEquals(session.desktop.input, []);
  assert(!session.logged("fault"));
});

Deno.test("a clipboard is asked for that nobody has filled, in every way", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  await viewer.setEncodings(0, EXTENDED_CLIPBOARD);
  for (const action of ["request", "peek", "notify"] as const) {
    for (const formats of [0, 1, 0xffff]) await viewer.send(clipboard(action, formats));
  }
  await settled(viewer);
  assert(!session.logged("fault"));
  assert(!viewer.events.some(({ type }) => type === "clipboardProvide"));
});

/** Lengths that mean something else as signed numbers, or with a flag word that isn't there. */
const LENGTHS = [-1, -3, -0x7fffffff, -0x80000000];

for (const length of LENGTHS) {
  Deno.test(`a clipboard of ${length} bytes makes no room and is no fault`, async () => {
    await using session = new Session();
    const viewer = await session.viewer();
    await viewer.setEncodings(0, EXTENDED_CLIPBOARD);
    await settled(viewer);
    const largest = await largestArray(async () => {
      await viewer.send([6, 0, 0, 0, ...u32(length), 0, 0, 0]);
      viewer.close();
      for (let i = 0; i < 10; i++) await turn();
    });
    assert(largest < 100_000, `${largest} bytes`);
    for (let i = 0; i < 1000 && !/: (gone|closed)/.test(session.log.at(-1)!); i++) await turn();
    assert(/: (gone|closed)/.test(session.log.at(-1)!), session.log.join("\n"));
    assert(!session.logged("fault"));
  });
}
