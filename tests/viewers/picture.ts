/**
 * Makes the README's picture: an X11 desktop that vncd shares, in a TigerVNC viewer.
 *
 *     deno run -P=test tests/viewers/picture.ts OUTPUT.png
 */
import { startXvfb, type Xvfb } from "../support/xvfb.ts";
import { assertSees } from "./support/sees.ts";
import { writePng } from "./support/picture.ts";
import { restingScreenshot } from "./support/screenshot.ts";
import { startServer } from "./support/server.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { until } from "../support/until.ts";
import { findWindow } from "./support/window.ts";

const SHELL = `
printf '\\033[1;32muser@desktop\\033[0m:\\033[1;34m~/vncd\\033[0m$ ls --color\\n'
ls --color=always -C -w 64
printf '\\033[1;32muser@desktop\\033[0m:\\033[1;34m~/vncd\\033[0m$ head -n 12 src/log.ts\\n'
head -n 12 src/log.ts
printf '\\033[1;32muser@desktop\\033[0m:\\033[1;34m~/vncd\\033[0m$ '
exec sleep infinity
`;

/** Opens a window and waits until it is there. */
async function open(desk: Xvfb, name: string, program: string, args: string[]): Promise<void> {
  desk.spawn(program, args);
  await findWindow(desk, ["--name", name]);
}

/** Starts a window manager and waits until it is in charge. */
async function manageWindows(screen: Xvfb): Promise<void> {
  screen.spawn("openbox", ["--sm-disable"]);
  await until("openbox is in charge", async () => {
    const property = await screen.run("xprop", ["-root", "_NET_SUPPORTING_WM_CHECK"]);
    return property.includes("window id") || undefined;
  });
}

/** A desktop that somebody might be working on. */
async function furnish(desk: Xvfb): Promise<void> {
  await desk.run("xsetroot", ["-solid", "#2e5266"]);
  await manageWindows(desk);
  await open(desk, "^xclock$", "xclock", ["-geometry", "180x180+740+30", "-bg", "#f4f1ea"]);
  await open(desk, "^xeyes$", "xeyes", ["-geometry", "180x120+740+270"]);
  await open(desk, "^Terminal$", "xterm", [
    ...["-T", "Terminal", "-fa", "DejaVu Sans Mono", "-fs", "10", "-geometry", "78x27+40+60"],
    ...["-bg", "#1d2330", "-fg", "#d8dee9", "-xrm", "*cursorBlink: false", "-e", "sh", "-c", SHELL],
  ]);
}

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
