import { assertEquals } from "@std/assert";
import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "./support/server.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";
import { ButtonLogger, clicks } from "./support/xev.ts";

Deno.test("clicks, wheel and drags in TigerVNC's viewer arrive where they were made", async () => {
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using logger = await ButtonLogger.open(desk);
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
  assertEquals(await logger.events(2 * buttons.length + 2), [
    ...clicks(300, 200, buttons),
    "Press 1 at 150,160",
    "Release 1 at 480,333",
  ]);
});

Deno.test("pointer events of libvncclient become presses and releases", async () => {
  await using vncget = await compileVncget();
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using logger = await ButtonLogger.open(desk);
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "zrle" });
  const buttons = [1, 2, 3, 4, 5, 6, 7];
  for (const button of buttons) {
    await viewer.pointer(400, 300, 1 << button - 1);
    await viewer.pointer(400, 300, 0);
  }
  assertEquals(await logger.events(2 * buttons.length), clicks(400, 300, buttons));
});
