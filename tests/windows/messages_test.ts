// What other programs may send to vncd's window.

import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { connectViewer } from "../support/tcp_viewer.ts";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows } from "../support/wine/windows.ts";
import { bringVncd, greetingSoon, RunningOnWindows } from "./vncd_exe.ts";

Deno.test("no message that a program posts makes vncd wait for a button to be released", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await bundle("tests/windows/inside/post_messages.ts", join(windows.folder, "post.js"));
  const { port } = await RunningOnWindows.start(windows, ["--security=none"]);
  const viewer = await connectViewer(port);
  await viewer.login();
  await viewer.request(false);
  await viewer.update();
  await windows.run([DENO_EXE, "run", "-A", "--no-config", "Z:\\tmp\\post.js"]);
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve("nothing"), 10_000);
  for (let i = 0; i < 3; i++) {
    // A beat later it would hang.
    await new Promise((resolve) => setTimeout(resolve, 200));
    assertEquals(await Promise.race([greetingSoon(port), late.promise]), "RFB 003.008\n");
  }
  clearTimeout(timer);
  viewer.close();
});
