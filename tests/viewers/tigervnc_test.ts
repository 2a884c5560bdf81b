import { assertStringIncludes } from "@std/assert";
import { posterise } from "./support/picture.ts";
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
      await assertSees(() => viewer.look(), () => stage.scene.picture());
      await stage.scene.burst();
      await assertSees(() => viewer.look(), () => stage.scene.picture());
      assertStringIncludes(server.log(), `gets ${encoding}`);
    });
  }
});

Deno.test("TigerVNC's viewer shows the nearest colours when it asks for few", async (t) => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display, password });
  const levels = [[7, 7, 3], [3, 3, 3], [1, 1, 1]] as const;
  for (const [i, max] of levels.entries()) {
    const level = levels.length - 1 - i;
    await t.step(`low colour level ${level}`, async () => {
      await using viewer = await TigerVnc.start({
        port: server.port,
        password,
        args: ["-AutoSelect=0", "-FullColor=0", `-LowColorLevel=${level}`],
      });
      // The viewer and this test may round a channel differently when they spread it over 0 to 255.
      const close = { tolerance: [1, 1, 1] } as const;
      const expected = async () => posterise(await stage.scene.picture(), max);
      await assertSees(() => viewer.look(), expected, close);
      await stage.scene.burst();
      await assertSees(() => viewer.look(), expected, close);
    });
  }
});
