import { startServer } from "./support/server.ts";
import { assertSees } from "./support/sees.ts";
import { buildStage } from "./support/stage.ts";
import { TigerVnc } from "./support/tigervnc.ts";

const password = "open up";

Deno.test("TigerVNC's viewer shows the screen exactly in every encoding", async (t) => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display, password });
  for (const encoding of ["Raw", "Hextile", "ZRLE"]) {
    await t.step(encoding, async () => {
      await using viewer = await TigerVnc.start({
        port: server.port,
        password,
        args: ["-AutoSelect=0", `-PreferredEncoding=${encoding}`, "-FullColor", "-NoJPEG"],
      });
      await assertSees(() => viewer.look(), await stage.scene.picture());
      await stage.scene.burst();
      await assertSees(() => viewer.look(), await stage.scene.picture());
    });
  }
});
