import { startXvfb } from "../support/xvfb.ts";
import { assertPastes, copy } from "./support/clipboard.ts";
import { startServer } from "./support/server.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

Deno.test("text copied on the desktop can be pasted beside TigerVNC's viewer and back", async () => {
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using server = await startServer({ display: desk.display });
  await using viewer = await TigerVnc.start({ port: server.port });
  await viewer.screen.run("xdotool", ["windowfocus", "--sync", await viewer.window()]);
  {
    await using _owner = await copy(desk, "from the desktop\n£ é € 漢 😀");
    await assertPastes(viewer.screen, "from the desktop\n£ é € 漢 😀");
  }
  await using _owner = await copy(viewer.screen, "from the viewer\nß ж 語 🎉");
  await assertPastes(desk, "from the viewer\nß ж 語 🎉");
});

Deno.test("text goes both ways through libvncclient", async () => {
  await using vncget = await compileVncget();
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "zrle" });
  await viewer.look();
  {
    await using _owner = await copy(desk, "caf\xe9");
    await viewer.program.expect(/^cut 636166e9$/m);
  }
  await viewer.cut("na\xefve");
  await assertPastes(desk, "na\xefve");
});
