// Viewers of vncd on Windows.

import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { ENCODING, PSEUDO_ENCODING } from "../../src/encodings/ids.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows, type Windows } from "../support/wine/windows.ts";
import { takeScreenshot } from "../support/xwd.ts";
import { gvnccapture } from "../viewers/support/gtkvnc.ts";
import { crop, type Picture } from "../viewers/support/picture.ts";
import { assertSees } from "../viewers/support/sees.ts";
import { openNotepad } from "./notepad.ts";
import { bringVncd, RunningOnWindows } from "./vncd_exe.ts";

/** What the viewer has when it has been sent all that is new. */
async function look(viewer: TestViewer): Promise<Picture> {
  await viewer.request(false);
  await viewer.update();
  const { width, height, pixels } = viewer.picture;
  return { width, height, pixels: pixels.map((pixel) => pixel & 0xffffff) };
}

Deno.test("gvnccapture and the tests' viewer see what X shows of Windows", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await openNotepad(windows);
  await Deno.writeTextFile(join(windows.folder, "passwords"), "open up\n");
  const { port } = await RunningOnWindows.start(windows, ["--security=none,vnc"], {
    VNCD_PASSWORD_FILE: "Z:\\tmp\\passwords",
  });
  const shown = () => takeScreenshot(windows.server);
  const viewer = await connectViewer(port);
  await viewer.login();
  await viewer.setEncodings(ENCODING.Raw);
  await assertSees(() => look(viewer), shown);
  viewer.close();
  await assertSees(() => gvnccapture(port, "open up"), shown);
});

/** Gives the screen of Windows another size. */
async function resize(windows: Windows, width: number, height: number): Promise<void> {
  await bundle("tests/windows/inside/resize.ts", join(windows.folder, "resize.js"));
  const deno = [DENO_EXE, "run", "-A", "--no-config", "Z:\\tmp\\resize.js"];
  await windows.run([...deno, String(width), String(height)]);
}

Deno.test("viewers are told of each size of Windows' screen, and see all of it; newcomers see the last", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await openNotepad(windows);
  const { port } = await RunningOnWindows.start(windows, ["--security=none"]);
  const viewer = await connectViewer(port);
  await viewer.login();
  await viewer.setEncodings(ENCODING.Raw, PSEUDO_ENCODING.ExtendedDesktopSize);
  await look(viewer);
  const sizes = [[800, 600], [1024, 768], [640, 480], [800, 600]] as const;
  for (const [width, height] of sizes) {
    await resize(windows, width, height);
    await viewer.follow(() => viewer.picture.width === width);
    assertEquals(viewer.told.at(-1), {
      type: "extendedDesktopSize",
      ...{ reason: 0, result: 0, width, height },
      screens: [[1, 0, 0, width, height, 0]],
    });
    const shown = async () => crop(await takeScreenshot(windows.server), 0, 0, width, height);
    await assertSees(() => look(viewer), shown);
  }
  viewer.close();
  await resize(windows, 1024, 768);
  const newcomer = await connectViewer(port);
  await newcomer.login();
  assertEquals([newcomer.picture.width, newcomer.picture.height], [1024, 768]);
  await newcomer.setEncodings(ENCODING.Raw);
  await assertSees(() => look(newcomer), () => takeScreenshot(windows.server));
  newcomer.close();
});
