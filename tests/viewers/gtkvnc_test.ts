import { gvnccapture } from "./support/gtkvnc.ts";
import { assertSees } from "./support/sees.ts";
import { startServer } from "./support/server.ts";
import { buildStage } from "./support/stage.ts";

const password = "open up";

Deno.test("gvnccapture saves the screen exactly, at rest and after a burst", async () => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display, password });
  await assertSees(() => gvnccapture(server.port, password), () => stage.scene.picture());
  await stage.scene.burst();
  await assertSees(() => gvnccapture(server.port, password), () => stage.scene.picture());
});
