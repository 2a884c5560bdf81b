/**
 * Makes the README's picture: an X11 desktop that vncd shares, in a TigerVNC viewer.
 *
 *     deno run -P=test tests/viewers/picture.ts OUTPUT.png
 */
import { startXvfb } from "../support/xvfb.ts";
import { furnish, manageWindows } from "./support/furniture.ts";
import { assertSees } from "./support/sees.ts";
import { writePng } from "./support/picture.ts";
import { restingScreenshot } from "./support/screenshot.ts";
import { startServer } from "./support/server.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { until } from "../support/until.ts";

/** Gives the viewer's window a frame, and a place in the middle of its screen. */
async function frame(viewer: TigerVnc): Promise<void> {
  const { screen } = viewer;
  const bare = await viewer.place();
  await screen.run("xsetroot", ["-solid", "#d9dcd6"]);
  await manageWindows(screen);
  await until("the window has a frame", async () => {
    const { x, y } = await viewer.place();
    return x !== bare.x || y !== bare.y || undefined;
  });
  await screen.run("xdotool", ["windowmove", "--sync", await viewer.window(), "31", "50"]);
}

const [output] = Deno.args;
if (output === undefined) throw new Error("name the file to write");
await using desk = await startXvfb({ width: 960, height: 640 });
await furnish(desk);
const args = ["--name", "workstation"];
await using server = await startServer({ display: desk.display, args });
await using viewer = await TigerVnc.start({ port: server.port });
await assertSees(() => viewer.look(), () => restingScreenshot(desk));
await frame(viewer);
await writePng(output, await restingScreenshot(viewer.screen));
