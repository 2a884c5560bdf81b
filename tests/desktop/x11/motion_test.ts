import { assertEquals } from "@std/assert";
import { Connection } from "../../../src/desktop/x11/connection.ts";
import { Motion } from "../../../src/desktop/x11/motion.ts";
import { startXvfb } from "../../support/xvfb.ts";
import { until } from "../recorder.ts";
import { recordingLogger } from "./rig.ts";

Deno.test("x11 tells that a mouse is moved, as long as that is asked for", async () => {
  await using server = await startXvfb();
  const connection = new Connection(server.display, recordingLogger([]), []);
  let moves = 0;
  const motion = Motion.create(connection, () => moves++)!;
  const move = () => server.run("xdotool", ["mousemove_relative", "3", "4"]);
  for (let round = 0; round < 2; round++) {
    motion.select(true);
    connection.libraries.x11.XSync(connection.display, 0);
    const before = moves;
    await move();
    await until("the motion", () => moves > before);
    motion.select(false);
    connection.libraries.x11.XSync(connection.display, 0);
    connection.settle();
    // Notices that were on their way are here before the answer to a later question.
    await until(
      "the last notice",
      () => connection.libraries.x11.XPending(connection.display) === 0,
    );
    const after = moves;
    await move();
    connection.libraries.x11.XSync(connection.display, 0);
    assertEquals(connection.libraries.x11.XPending(connection.display), 0);
    assertEquals(moves, after);
  }
  connection.close();
});

Deno.test("x11 does without notice of motion where libXi is missing", async () => {
  await using server = await startXvfb();
  const connection = new Connection(server.display, recordingLogger([]), ["xi"]);
  assertEquals(Motion.create(connection, () => {}), undefined);
  connection.close();
});
