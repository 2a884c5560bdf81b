import { assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { startXvfb } from "../support/xvfb.ts";
import { gvnccapture } from "./support/gtkvnc.ts";
import { startServer } from "./support/server.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

/** Without those types that the viewers would choose and give up over the certificate. */
const args = ["--security", "vnc"];

Deno.test("TigerVNC's viewer says why a wrong password is refused", async () => {
  await using desk = await startXvfb();
  await using server = await startServer({ display: desk.display, password: "open up" });
  await using viewer = await TigerVnc.start({ port: server.port, password: "let me in" });
  await viewer.program.ended();
  assertMatch(viewer.program.output, /Authentication fail(ure|ed): wrong password/);
});

Deno.test("libvncclient says why a wrong password is refused", async () => {
  await using vncget = await compileVncget();
  await using desk = await startXvfb();
  await using server = await startServer({ display: desk.display, password: "open up", args });
  await using viewer = await Vncget.start(vncget, {
    ...{ port: server.port, password: "let me in", encodings: "raw" },
  });
  await viewer.program.ended();
  assertStringIncludes(viewer.program.output, "VNC connection failed: wrong password");
});

Deno.test("gvnccapture is refused with a wrong password", async () => {
  await using desk = await startXvfb();
  await using server = await startServer({ display: desk.display, password: "open up", args });
  await assertRejects(() => gvnccapture(server.port, "let me in"), Error, "Unable to connect");
});
