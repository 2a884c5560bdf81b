import { assertEquals, assertStringIncludes } from "@std/assert";
import { AppleDh } from "../../src/security/apple_dh.ts";
import { patientGate } from "../support/gate.ts";
import { OneAccount } from "../support/security.ts";
import { Session } from "../support/session.ts";
import { compileVncget, Vncget, type VncgetProgram } from "./support/vncget.ts";

const [username, password] = ["zoë", "correct horse battery"];

/** A server with Apple DH alone. */
function listen(): { session: Session; port: number } {
  const gate = patientGate(new OneAccount(username, password));
  const session = new Session({ securityTypes: [new AppleDh(gate)] });
  const [address] = session.server.listen("127.0.0.1", 0);
  return { session, port: address!.port };
}

const start = (
  vncget: VncgetProgram,
  port: number,
  known: { username: string; password: string },
) => Vncget.start(vncget, { port, encodings: "raw", ...known });

Deno.test("libvncclient comes in by Apple DH, and sees the screen", async () => {
  await using vncget = await compileVncget();
  const { session, port } = listen();
  await using _closing = session;
  session.desktop.paint(session.desktop.screen.bounds, (x, y) => x * 0x30000 + y * 0x400);
  await using viewer = await start(vncget, port, { username, password });
  const { pixels } = await viewer.firstLook();
  assertEquals(pixels.join(), session.desktop.screen.pixels.join());
});

Deno.test("libvncclient says why Apple DH refuses it", async () => {
  await using vncget = await compileVncget();
  const { session, port } = listen();
  await using _closing = session;
  for (const wrong of [{ username, password: "correct" }, { username: "zoe", password }]) {
    await using viewer = await start(vncget, port, wrong);
    await viewer.program.ended();
    assertStringIncludes(viewer.program.output, "VNC connection failed: wrong name or password");
  }
});
