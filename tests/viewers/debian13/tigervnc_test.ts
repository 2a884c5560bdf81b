import { NEW_TIGERVNC } from "../../support/suites.ts";
import { assertSees } from "../support/sees.ts";
import { startServer } from "../support/server.ts";
import { buildStage } from "../support/stage.ts";
import { TigerVnc } from "../support/tigervnc.ts";

const password = "open up";

Deno.test("TigerVNC's newer viewer shows the screen exactly", async () => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display, password });
  await using viewer = await TigerVnc.start({
    command: NEW_TIGERVNC.command,
    port: server.port,
    password,
    args: ["-NoJPEG"],
  });
  await viewer.program.expect(/TigerVNC viewer v1\.(1[3-9]|[2-9]\d)/);
  await assertSees(() => viewer.look(), () => stage.scene.picture());
  await stage.scene.burst();
  await assertSees(() => viewer.look(), () => stage.scene.picture());
});
