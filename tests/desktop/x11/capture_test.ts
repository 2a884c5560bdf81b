import { assert, assertEquals } from "@std/assert";
import type { X11Options } from "../../../src/desktop/x11/x11_desktop.ts";
import { until as untilAnswer } from "../../support/until.ts";
import type { XvfbOptions } from "../../support/xvfb.ts";
import { Recorder, until } from "../recorder.ts";
import { Follower, startX11, type X11Rig } from "./rig.ts";

/** Windows that appear, scroll and move, and a background that changes; returns when all is done. */
async function burst({ server }: X11Rig): Promise<void> {
  const xterm = (place: string): Deno.ChildProcess =>
    server.spawn("xterm", [
      ...["-geometry", place, "-bg", "navy", "-fg", "orange"],
      ...["-e", "sh", "-c", "seq 1 3000; printf '\\033[31mred\\033[32mgreen'; sleep 100"],
    ]);
  xterm("40x12+10+10");
  xterm("30x10+200+120");
  await until("two windows", async () => (await windows(server)).length === 2);
  const [first, second] = await windows(server);
  for (let i = 0; i < 20; i++) {
    await server.run("xdotool", [
      ...["windowmove", first!, String(i * 7), String(i * 5)],
      ...["windowmove", second!, String(200 - i * 9), String(100 + i * 3)],
    ]);
  }
  await server.run("xsetroot", ["-mod", "5", "3", "-fg", "yellow", "-bg", "purple"]);
}

async function windows(server: X11Rig["server"]): Promise<string[]> {
  const found = await server.run("xdotool", ["search", "--onlyvisible", "--class", "xterm"])
    .catch(() => "");
  return found.split("\n").filter((line) => line !== "");
}

function testCapture(
  name: string,
  options: XvfbOptions & Pick<X11Options, "without">,
): void {
  Deno.test(`x11 capture equals the screen: ${name}`, async () => {
    await using rig = await startX11({ width: 500, height: 300, ...options });
    const follower = new Follower(rig.desktop);
    rig.desktop.watch(follower);
    await follower.assertShows(rig.server);
    await burst(rig);
    await follower.assertShows(rig.server);
  });
}

testCapture("depth 24", {});
testCapture("depth 30", { depth: 30 });
testCapture("depth 16", { depth: 16 });
testCapture("depth 15", { depth: 15 });
testCapture("depth 8", { depth: 8 });
testCapture("depth 8, true colour", { depth: 8, args: ["-cc", "4"] });
testCapture("depth 8, static grey", { depth: 8, args: ["-cc", "0"] });
testCapture("direct colour", { args: ["-cc", "5"] });
testCapture("without libXext", { without: ["xext"] });
testCapture("without libXext, depth 16", { depth: 16, without: ["xext"] });
testCapture("without libXdamage", { without: ["xdamage"] });
testCapture("a server without MIT-SHM", { args: ["-extension", "MIT-SHM"] });
testCapture("a server without DAMAGE", { args: ["-extension", "DAMAGE"] });
// Xvfb itself crashes without its XFIXES.
testCapture("without libXfixes", { without: ["xfixes"] });
testCapture("a width that is no multiple of anything", { width: 333, height: 211, depth: 16 });

Deno.test("x11 capture follows a colour map that changes", async () => {
  await using rig = await startX11({ width: 200, height: 100, depth: 8 });
  const follower = new Follower(rig.desktop);
  rig.desktop.watch(follower);
  // Each of these colours gets an entry of the map that nothing else has.
  for (const colour of ["#123456", "#fedcba", "#0a0b0c"]) {
    await rig.server.run("xsetroot", ["-solid", colour]);
    await follower.assertShows(rig.server);
  }
});

/** A program's only window on an X server, shown; its id. */
async function open({ server }: X11Rig, program: string, ...args: string[]): Promise<string> {
  server.spawn(program, ["-name", program, ...args]);
  const search = ["search", "--onlyvisible", "--name", `^${program}$`];
  const id = () => server.run("xdotool", search).then((id) => id.trim(), () => undefined);
  return await untilAnswer(`the window of ${program}`, id);
}

/** A plain window, and one with a backing store that covers a part of it. */
async function openPlainAndKept(rig: X11Rig): Promise<[string, string]> {
  const xterm = ["-T", "xterm", "-geometry", "60x25+200+100", "-bg", "navy", "-e", "sleep 100"];
  const plain = await open(rig, "xterm", ...xterm);
  return [plain, await open(rig, "xev", "-bs", "Always", "-geometry", "300x220+400+30")];
}

Deno.test("x11 capture follows windows with a backing store", async () => {
  await using rig = await startX11({ width: 800, height: 600 });
  const { desktop, server } = rig;
  const follower = new Follower(desktop);
  desktop.watch(follower);
  const [plain, kept] = await openPlainAndKept(rig);
  await follower.assertShows(server);
  for (const window of [plain, kept]) {
    await server.run("xdotool", ["windowraise", window]);
    await follower.assertShows(server);
  }
  for (const [window, x, y] of [[kept, 300, 150], [plain, 350, 120], [kept, 200, 250]]) {
    await server.run("xdotool", ["windowmove", `${window}`, `${x}`, `${y}`]);
    await follower.assertShows(server);
  }
});

Deno.test("x11 capture follows windows that are hidden, made smaller, put into others, closed", async () => {
  await using rig = await startX11({ width: 800, height: 600 });
  const { desktop, server } = rig;
  const follower = new Follower(desktop);
  desktop.watch(follower);
  const [plain, kept] = await openPlainAndKept(rig);
  const root = (await server.run("xdotool", ["search", "--maxdepth", "0", "--name", ""])).trim();
  for (
    const step of [
      ["windowunmap", plain],
      ["windowmap", plain],
      ["windowsize", plain, "250", "400"],
      ["windowraise", plain],
      ["windowreparent", plain, kept],
      ["windowmove", kept, "40", "300"],
      ["windowreparent", plain, root],
      ["windowreparent", kept, plain],
      ["windowmove", plain, "40", "200"],
      ["windowreparent", kept, root],
      ["windowmove", kept, "60", "330"],
      ["windowraise", plain],
      ["windowmove", kept, "100", "180"],
      ["windowkill", plain],
      ["windowunmap", kept],
      ["windowmap", kept],
      ["windowkill", kept],
    ]
  ) {
    await server.run("xdotool", step);
    await follower.assertShows(server);
  }
});

Deno.test("x11 capture grabs only what was damaged", async () => {
  await using rig = await startX11({ width: 800, height: 600 });
  const { desktop, server } = rig;
  const file = `${rig.directory}/shown`;
  await Deno.writeTextFile(file, "");
  server.spawn("xterm", ["-geometry", "10x2+600+400", "-e", "tail", "-f", file]);
  await until("a window", async () => (await windows(server)).length === 1);
  desktop.watch(new Recorder());
  await until("all to be grabbed", () => desktop.grab().region.isEmpty);
  await Deno.writeTextFile(file, "text\n");
  let area = 0;
  let left = 800;
  await until("the text to come", () => {
    const { region } = desktop.grab();
    area += region.area;
    for (const rect of region.rects) left = Math.min(left, rect.x);
    return area > 0;
  });
  assert(area < 200 * 200, `${area} pixels`);
  assert(left >= 590, `from ${left}`);
  assertEquals(rig.logged.filter((line) => line.startsWith("warn")), []);
});
