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

Deno.test("a viewer is told when Windows' screen gets another size, and sees all of it", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await openNotepad(windows);
  const { port } = await RunningOnWindows.start(windows, ["--security=none"]);
  const viewer = await connectViewer(port);
  await viewer.login();
  await viewer.setEncodings(ENCODING.Raw, PSEUDO_ENCODING.DesktopSize);
  await look(viewer);
  await resize(windows, 800, 600);
  await viewer.follow(() => viewer.picture.width === 800);
  assertEquals(viewer.told, [{ type: "desktopSize", width: 800, height: 600 }]);
  const shown = async () => crop(await takeScreenshot(windows.server), 0, 0, 800, 600);
  await assertSees(() => look(viewer), shown);
  viewer.close();
});
