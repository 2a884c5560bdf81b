import { startXvfb, type Xvfb } from "../support/xvfb.ts";
import { setCursor } from "./support/cursor.ts";
import { Program } from "./support/program.ts";
import { startServer } from "./support/server.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";
import { findWindow } from "./support/window.ts";

const SHAPE = [
  "#########   ",
  "#.......#   ",
  "#.......####",
  "#..........#",
  "############",
];
const HOT = [3, 2] as const;

Deno.test("libvncclient gets the cursor's shape, at first and when it changes", async () => {
  await using vncget = await compileVncget();
  await using desk = await startXvfb({ width: 800, height: 600 });
  await setCursor(desk, SHAPE, HOT);
  await using _keeper = await keepReadable(desk);
  desk.spawn("xterm", ["-name", "other", "-geometry", "+0+0"]);
  await findWindow(desk, ["--classname", "^other$"]);
  await desk.run("xdotool", ["mousemove", "700", "500"]);
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "zrle" });
  await viewer.program.expect(cursorEvent(SHAPE, HOT));

  let start = viewer.program.output.length;
  await desk.run("xdotool", ["mousemove", "50", "50"]);
  await viewer.program.expect(/^cursor (?!12 5 3 2).*$/m, start);

  start = viewer.program.output.length;
  await desk.run("xdotool", ["mousemove", "700", "500"]);
  await viewer.program.expect(cursorEvent(SHAPE, HOT), start);
});

/**
 * X servers with the SECURITY extension refuse to show a cursor when there is no client any more in
 * the place of the one that made it; this program, the next to come, takes that place.
 */
async function keepReadable(desk: Xvfb): Promise<Program> {
  const keeper = new Program("xprop", {
    args: ["-root", "-spy", "-notype", "WM_NAME"],
    env: desk.env,
  });
  await keeper.expect(/^WM_NAME/m);
  return keeper;
}

/** What the viewer prints when it gets the shape. */
function cursorEvent(rows: readonly string[], hot: readonly [number, number]): RegExp {
  const colours: Record<string, string> = { "#": "000000", ".": "ffffff", " ": "------" };
  const pixels = [...rows.join("")].map((pixel) => colours[pixel]).join("");
  return new RegExp(`^cursor ${rows[0]!.length} ${rows.length} ${hot.join(" ")} ${pixels}$`, "m");
}
