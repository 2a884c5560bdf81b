import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "./support/server.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { Typewriter } from "./support/typewriter.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

const TEXTS = [
  "Hello, World 123 !@#$%",
  `(a+b)*c = {"x": [~1, 2/3]}; ^\\|<>?&_`,
  "é ß € 漢 Straße",
] as const;

Deno.test("text typed in TigerVNC's viewer arrives on the desktop", async (t) => {
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using typewriter = await Typewriter.open(desk);
  await using server = await startServer({ display: desk.display });
  await using viewer = await TigerVnc.start({ port: server.port });
  await viewer.screen.run("xdotool", ["windowfocus", "--sync", await viewer.window()]);
  for (const text of TEXTS) {
    await t.step(text, async () => {
      await viewer.screen.run("xdotool", ["type", "--delay", "30", `${text}\n`]);
      await typewriter.assertTyped(`${text}\n`);
    });
  }
});

Deno.test("text sent as keysyms through libvncclient arrives on the desktop", async (t) => {
  await using vncget = await compileVncget();
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using typewriter = await Typewriter.open(desk);
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "zrle" });
  for (const text of TEXTS) {
    await t.step(text, async () => {
      for (const char of text) await viewer.key(keysym(char));
      await viewer.key(RETURN);
      await typewriter.assertTyped(`${text}\n`);
    });
  }
});

const RETURN = 0xff0d;

/** Latin-1 characters are their own keysyms; others are Unicode plus an offset. */
function keysym(char: string): number {
  const code = char.codePointAt(0)!;
  return code < 0x100 ? code : 0x1000000 + code;
}
