import { assert, assertEquals } from "@std/assert";
import { openDemoDesktop } from "../../src/desktop/demo/demo_desktop.ts";
import { THEME } from "../../src/desktop/widgets/theme.ts";
import { findText, placeOf } from "../desktop/demo/seen.ts";
import { Session } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";

const COPY_RECT = 1;
const ZRLE = 16;
const DESKTOP_SIZE = -223;

/** The demo desktop as a viewer sees it, which is all that a person would know of it. */
async function demoSession() {
  const session = new Session({}, openDemoDesktop());
  const viewer = await session.viewer();
  await viewer.setEncodings(ZRLE, COPY_RECT, DESKTOP_SIZE);
  await viewer.request(false);
  await viewer.update();
  return { session, viewer };
}

async function type(viewer: TestViewer, text: string): Promise<void> {
  for (const character of text) {
    const keysym = character === "\n" ? 0xff0d : character.codePointAt(0)!;
    await viewer.key(keysym, true);
    await viewer.key(keysym, false);
  }
}

function shows(viewer: TestViewer, text: string): boolean {
  return findText(viewer.picture, text) !== undefined;
}

Deno.test("what is typed in a viewer can be read in the viewer", async () => {
  const { session, viewer } = await demoSession();
  await using _ = session;
  await type(viewer, "Hello, Wörld!");
  await viewer.follow(() => shows(viewer, "Hello, Wörld!"));
});

Deno.test("the note pad scrolls by CopyRect, and the picture stays exact", async () => {
  const { session, viewer } = await demoSession();
  await using _ = session;
  let copies = 0;
  for (let line = 1; line <= 60; line++) {
    await type(viewer, `line ${line}\n`);
    do {
      await viewer.request(true);
      const { rects } = await viewer.update();
      copies += rects.filter(({ encoding }) => encoding === COPY_RECT).length;
    } while (!shows(viewer, `line ${line}`));
  }
  assert(copies > 0, "nothing was copied");
  // Compared with a second viewer, which has all its pixels anew.
  const fresh = await session.viewer();
  await fresh.request(false);
  await fresh.update();
  await viewer.request(false, { x: 0, y: 0, width: 1, height: 1 });
  await viewer.update();
  assertEquals(viewer.picture.pixels, fresh.picture.pixels);
});

Deno.test("a click on the resize button changes the viewer's size", async () => {
  const { session, viewer } = await demoSession();
  await using _ = session;
  const { x, y } = placeOf(session.desktop, "Resize 1280x800", THEME.barText);
  await viewer.pointer(x + 5, y + 5, 1);
  await viewer.pointer(x + 5, y + 5, 0);
  await viewer.follow(() => viewer.picture.width === 1280);
  assertEquals(viewer.picture.height, 800);
});
