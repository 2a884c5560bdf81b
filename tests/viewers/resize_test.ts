import { assertEquals } from "@std/assert";
import { until } from "../support/until.ts";
import { startServer } from "./support/server.ts";
import { TigerVnc } from "./support/tigervnc.ts";

Deno.test("TigerVNC's viewer gets the size that it asks for, and shows all of it", async () => {
  await using server = await startServer({});
  await using viewer = await TigerVnc.start({
    port: server.port,
    args: ["-RemoteResize=1", "-DesktopSize=900x700"],
  });
  await until(
    "the screen has the size",
    () => Promise.resolve(server.log().includes("the screen is 900x700 now") || undefined),
  );
  let size: number[] = [];
  await until("the window has the size", async () => {
    const { width, height } = await viewer.place();
    size = [width, height];
    return width === 900 && height === 700 ? true : undefined;
  }).catch(() => assertEquals(size, [900, 700]));
});
