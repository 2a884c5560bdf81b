import { assertStringIncludes } from "@std/assert";
import { gvnccapture, GVncViewer } from "./support/gtkvnc.ts";
import { assertSees } from "./support/sees.ts";
import { startServer } from "./support/server.ts";
import { buildStage } from "./support/stage.ts";

const password = "open up";
/** It would choose X509 and give up, or else Apple's type and ask for a name. */
const args = ["--security", "vnc"];

Deno.test("gvnccapture saves the screen exactly, at rest and after a burst", async () => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display, password, args });
  await assertSees(() => gvnccapture(server.port, password), () => stage.scene.picture());
  await stage.scene.burst();
  await assertSees(() => gvnccapture(server.port, password), () => stage.scene.picture());
  assertStringIncludes(server.log(), "gets ZRLE");
});

Deno.test("gvncviewer, which prefers Tight with JPEG, shows the screen exactly at rest", async () => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  await using viewer = await GVncViewer.start(server.port);
  const look = () => viewer.look(800, 600);
  await assertSees(look, () => stage.scene.picture());
  await stage.scene.burst();
  await assertSees(look, () => stage.scene.picture());
  assertStringIncludes(server.log(), "gets Tight");
});
