import { assertEquals, assertStringIncludes } from "@std/assert";
import { NEW_TIGERVNC } from "../../support/suites.ts";
import { VncdHome } from "../../support/vncd_home.ts";
import { compileDrawnText } from "../support/drawn_text.ts";
import { assertSees } from "../support/sees.ts";
import { startServer } from "../support/server.ts";
import { buildStage } from "../support/stage.ts";
import { SERVER_KEY, TigerVnc } from "../support/tigervnc.ts";

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

Deno.test("TigerVNC's newer viewer takes RSA-AES, and shows the fingerprint that vncd prints", async () => {
  await using drawnText = await compileDrawnText();
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display, password });
  await using viewer = await TigerVnc.start({
    ...{ command: NEW_TIGERVNC.command, preload: drawnText.path },
    ...{ port: server.port, password, args: ["-NoJPEG"] },
    // All that the viewer knows but those with certificates, which it can't check.
    security: "VncAuth,RA2ne,RA2ne_256,RA2,RA2_256,None",
  });
  const [, fingerprint] = await viewer.program.expect(/^Drawn: Fingerprint: (.+)$/m);
  assertStringIncludes(server.log(), `RSA key     ${fingerprint}\n`);
  await viewer.answer(SERVER_KEY, "Return");
  await assertSees(() => viewer.look(), () => stage.scene.picture());
  assertStringIncludes(viewer.program.output, "Choosing security type RA2_256(129)");
});

Deno.test("TigerVNC's newer viewer comes in with an account by RA2_256, or is told why not", async () => {
  using home = new VncdHome();
  const users = `${home.path}/users`;
  const account = { username: "Zoë", password: "öffne dich, Sesam" };
  const answers = `${account.password}\n`.repeat(2);
  assertEquals((await home.run(["user", account.username, "--users", users], answers)).code, 0);
  await using vncd = await home.start("--users", users);
  const options = { command: NEW_TIGERVNC.command, port: vncd.port, security: "RA2_256" };
  await using viewer = await TigerVnc.start({ ...options, ...account });
  await viewer.answer("Server key fingerprint", "Return");
  await viewer.window();
  await using refused = await TigerVnc.start({ ...options, ...account, password: "öffne dich" });
  await refused.answer("Server key fingerprint", "Return");
  await refused.program.ended();
  assertStringIncludes(refused.program.output, "Authentication failed: wrong name or password");
});
