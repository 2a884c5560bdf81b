import { assertEquals } from "@std/assert";
import { ARROW_CURSOR } from "../../src/desktop/cursors.ts";
import type { Cursor } from "../../src/desktop/desktop.ts";
import { ENCODING, PSEUDO_ENCODING } from "../../src/encodings/ids.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import { runInside } from "../support/wine/inside.ts";
import { startWindows } from "../support/wine/windows.ts";
import { openNotepad } from "./notepad.ts";
import { bringVncd, RunningOnWindows } from "./vncd_exe.ts";

await runInside("tests/windows/inside/cursor.ts");

Deno.test("a viewer gets the arrow for a cursor that Windows doesn't give", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await openNotepad(windows);
  const { port } = await RunningOnWindows.start(windows, ["--security=none"]);
  const viewer = await connectViewer(port);
  await viewer.login();
  await viewer.setEncodings(ENCODING.Raw, PSEUDO_ENCODING.CursorWithAlpha);
  // Wine gives a program no cursor of another's; Windows would.
  await viewer.pointer(300, 300, 0);
  await viewer.follow(() => viewer.cursor?.width === ARROW_CURSOR.width);
  const place = (
    { width, height, hotX, hotY }: Omit<Cursor, "pixels">,
  ) => [width, height, hotX, hotY];
  assertEquals(place(viewer.cursor!), place(ARROW_CURSOR));
  viewer.close();
});
