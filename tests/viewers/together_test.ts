import { startServer } from "./support/server.ts";
import { assertSees } from "./support/sees.ts";
import { buildStage } from "./support/stage.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";
import { quantise } from "./support/picture.ts";

Deno.test("viewers with formats and encodings of their own see the same", async () => {
  await using vncget = await compileVncget();
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  const { port } = server;
  await using zrle = await TigerVnc.start({
    port,
    args: ["-AutoSelect=0", "-PreferredEncoding=ZRLE"],
  });
  await using hextile = await Vncget.start(vncget, { port, encodings: "copyrect hextile" });
  await using rre = await Vncget.start(vncget, { port, encodings: "rre", bitsPerPixel: 16 });
  await zrle.window();
  for (let i = 0; i < 3; i++) await stage.scene.burst();
  const picture = () => stage.scene.picture();
  await assertSees(() => zrle.look(), picture);
  await assertSees(() => hextile.look(), picture);
  await assertSees(() => rre.look(), async () => quantise(await picture(), [31, 63, 31]));
});

Deno.test("a viewer that has stopped delays nobody, and catches up when it goes on", async () => {
  await using vncget = await compileVncget();
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  const { port } = server;
  await using stopped = await Vncget.start(vncget, { port, encodings: "raw" });
  await using other = await TigerVnc.start({ port });
  await assertSees(() => stopped.look(), () => stage.scene.picture());
  stopped.program.signal("SIGSTOP");
  for (let i = 0; i < 3; i++) {
    await stage.scene.burst();
    await assertSees(() => other.look(), () => stage.scene.picture());
  }
  stopped.program.signal("SIGCONT");
  await assertSees(() => stopped.look(), () => stage.scene.picture());
});
