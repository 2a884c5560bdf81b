import { startXvfb } from "../support/xvfb.ts";
import { setCursor } from "./support/cursor.ts";
import { startServer } from "./support/server.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

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
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "zrle" });
  await viewer.program.expect(cursorEvent(SHAPE, HOT));
  await setCursor(desk, SHAPE.toReversed(), [0, 0]);
  await viewer.program.expect(cursorEvent(SHAPE.toReversed(), [0, 0]));
});

/** What the viewer prints when it gets the shape. */
function cursorEvent(rows: readonly string[], hot: readonly [number, number]): RegExp {
  const colours: Record<string, string> = { "#": "000000", ".": "ffffff", " ": "------" };
  const pixels = [...rows.join("")].map((pixel) => colours[pixel]).join("");
  return new RegExp(`^cursor ${rows[0]!.length} ${rows.length} ${hot.join(" ")} ${pixels}$`, "m");
}
