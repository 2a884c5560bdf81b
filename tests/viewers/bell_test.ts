import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "./support/server.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

Deno.test("libvncclient hears the desktop's bell", async () => {
  await using vncget = await compileVncget();
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "zrle" });
  await viewer.look();
  desk.spawn("xterm", ["-e", "printf '\\a'; exec sleep infinity"]);
  await viewer.program.expect(/^bell$/m);
});
