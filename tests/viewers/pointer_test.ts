import { assertEquals } from "@std/assert";
import { startXvfb, type Xvfb } from "../support/xvfb.ts";
import { Program } from "./support/program.ts";
import { startServer } from "./support/server.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";
import { until } from "../support/until.ts";
import { findWindow } from "./support/window.ts";

/** What xev says about one press or release of a button. */
const BUTTON_EVENT = /^Button(Press|Release) event[^]*?root:\((\d+),(\d+)\)[^]*?button (\d+)/gm;

/** A window on `desk` that reports what buttons do in it. */
async function openLogger(desk: Xvfb): Promise<Program> {
  const xev = new Program("xev", {
    args: ["-event", "button", "-geometry", "600x400+100+100"],
    env: desk.env,
  });
  await findWindow(desk, ["--name", "^Event Tester$"]);
  return xev;
}

/** Waits for a number of button events; each is like `Press 1 at 300,200`. */
function events(logger: Program, count: number): Promise<string[]> {
  return until(`${count} button events`, () => {
    const found = [...logger.output.matchAll(BUTTON_EVENT)]
      .map(([, what, x, y, button]) => `${what} ${button} at ${x},${y}`);
    return found.length >= count ? found : undefined;
  });
}

function clicks(x: number, y: number, buttons: readonly number[]): string[] {
  return buttons.flatMap((button) => [
    `Press ${button} at ${x},${y}`,
    `Release ${button} at ${x},${y}`,
  ]);
}

Deno.test("clicks, wheel and drags in TigerVNC's viewer arrive where they were made", async () => {
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using logger = await openLogger(desk);
  await using server = await startServer({ display: desk.display });
  await using viewer = await TigerVnc.start({ port: server.port });
  const { x, y } = await viewer.place();
  const at = (deskX: number, deskY: number) => ["mousemove", `${x + deskX}`, `${y + deskY}`];
  const buttons = [1, 2, 3, 4, 5, 6, 7];
  // The viewer sends a lasting place only every few milliseconds.
  const pause = ["sleep", "0.1"];
  const click = buttons.flatMap((button) => ["click", `${button}`]);
  await viewer.screen.run("xdotool", [...at(300, 200), ...pause, ...click]);
  const drag = [...at(150, 160), ...pause, "mousedown", "1", ...at(480, 333), ...pause, "mouseup"];
  await viewer.screen.run("xdotool", [...drag, "1"]);
  assertEquals(await events(logger, 2 * buttons.length + 2), [
    ...clicks(300, 200, buttons),
    "Press 1 at 150,160",
    "Release 1 at 480,333",
  ]);
});

Deno.test("pointer events of libvncclient become presses and releases", async () => {
  await using vncget = await compileVncget();
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using logger = await openLogger(desk);
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "zrle" });
  const buttons = [1, 2, 3, 4, 5, 6, 7];
  for (const button of buttons) {
    await viewer.pointer(400, 300, 1 << button - 1);
    await viewer.pointer(400, 300, 0);
  }
  assertEquals(await events(logger, 2 * buttons.length), clicks(400, 300, buttons));
});
