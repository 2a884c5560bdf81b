import { assertEquals } from "@std/assert";
import { until } from "../support/until.ts";
import { resizeXvfb } from "../support/xvfb.ts";
import { assertSees } from "./support/sees.ts";
import { startServer } from "./support/server.ts";
import { buildStage } from "./support/stage.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";
import { restingScreenshot } from "./support/screenshot.ts";

Deno.test("TigerVNC's viewer gets the size that it asks for, and shows all of it", async () => {
  await using server = await startServer({});
  await using viewer = await TigerVnc.start({
    port: server.port,
    args: ["-RemoteResize=1", "-DesktopSize=900x700"],
  });
  await until(
    "the screen has the size",
    () => Promise.resolve(server.log().includes("the screen is 900x700 now") || undefined),
  );
  let size: number[] = [];
  await until("the window has the size", async () => {
    const { width, height } = await viewer.place();
    size = [width, height];
    return width === 900 && height === 700 ? true : undefined;
  }).catch(() => assertEquals(size, [900, 700]));
});

Deno.test("libvncclient follows the screen's size, down and up again", async () => {
  await using vncget = await compileVncget();
  await using stage = await buildStage();
  const { desk } = stage;
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "hextile" });
  await assertSees(() => viewer.look(), () => stage.scene.picture());
  for (const [width, height] of [[640, 480], [799, 501]] as const) {
    await resizeXvfb(desk, width, height);
    await assertSees(() => viewer.look(), () => restingScreenshot(desk));
  }
});
