import { until } from "../../support/until.ts";
import type { Xvfb } from "../../support/xvfb.ts";
import { findWindow } from "./window.ts";

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
export async function manageWindows(screen: Xvfb): Promise<void> {
  screen.spawn("openbox", ["--sm-disable"]);
  await until("openbox is in charge", async () => {
    const property = await screen.run("xprop", ["-root", "_NET_SUPPORTING_WM_CHECK"]);
    return property.includes("window id") || undefined;
  });
}

/** Makes a display of 960x640 a desktop that somebody might be working on. */
export async function furnish(desk: Xvfb): Promise<void> {
  await desk.run("xsetroot", ["-solid", "#2e5266"]);
  await manageWindows(desk);
  await open(desk, "^xclock$", "xclock", ["-geometry", "180x180+740+30", "-bg", "#f4f1ea"]);
  await open(desk, "^xeyes$", "xeyes", ["-geometry", "180x120+740+270"]);
  await open(desk, "^Terminal$", "xterm", [
    ...["-T", "Terminal", "-fa", "DejaVu Sans Mono", "-fs", "10", "-geometry", "78x27+40+60"],
    ...["-bg", "#1d2330", "-fg", "#d8dee9", "-xrm", "*cursorBlink: false", "-e", "sh", "-c", SHELL],
  ]);
}
