import { assert, assertEquals, assertThrows } from "@std/assert";
import { Connection } from "../../../src/desktop/x11/connection.ts";
import { startXvfb } from "../../support/xvfb.ts";
import { recordingLogger } from "./rig.ts";

Deno.test("x11 connection traps the errors of the requests that it was given, no others", async () => {
  await using server = await startXvfb();
  const logged: string[] = [];
  const connection = new Connection(server.display, recordingLogger(logged), []);
  const { display, libraries: { x11 } } = connection;
  const failingRequest = () => x11.XDeleteProperty(display, 0xffffn, 1n);
  const isLogged = () => logged.some((line) => line.startsWith("debug X error"));

  assert(connection.trap(failingRequest) !== undefined);
  assertEquals(connection.trap(() => {}), undefined);
  const broken = () => {
    throw new Error("broken");
  };
  assertThrows(() => connection.trap(broken), Error, "broken");
  assertEquals(isLogged(), false);
  failingRequest();
  x11.XSync(display, 0);
  assertEquals(isLogged(), true);
  connection.close();
});
