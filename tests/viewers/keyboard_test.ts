import { join } from "node:path";
import { startXvfb, type Xvfb } from "../support/xvfb.ts";
import { startServer } from "./support/server.ts";
import { tempDir } from "./support/temp_dir.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";
import { until } from "../support/until.ts";
import { findWindow } from "./support/window.ts";

const TEXTS = [
  "Hello, World 123 !@#$%",
  `(a+b)*c = {"x": [~1, 2/3]}; ^\\|<>?&_`,
  "é ß € 漢 Straße",
] as const;

/** An xterm on `desk` with the keyboard's focus, which writes what is typed into a file. */
async function openTypewriter(desk: Xvfb, file: string): Promise<void> {
  desk.spawn("xterm", ["-u8", "-name", "typewriter", "-e", "sh", "-c", `exec cat >> ${file}`]);
  const window = await findWindow(desk, ["--classname", "^typewriter$"]);
  await desk.run("xdotool", ["windowfocus", "--sync", window]);
}

/** Fails unless a line, alone, gets into the file. */
async function assertTyped(file: string, line: string): Promise<void> {
  let found = "";
  await until(`"${line}" is typed`, async () => {
    found = await Deno.readTextFile(file).catch(() => "");
    return found === `${line}\n` ? true : undefined;
  }).catch((error) => {
    throw new Error(`${error.message}; "${found}" is`);
  });
  await Deno.truncate(file);
}

Deno.test("text typed in TigerVNC's viewer arrives on the desktop", async (t) => {
  await using scratch = await tempDir();
  await using desk = await startXvfb({ width: 800, height: 600 });
  const file = join(scratch.path, "typed");
  await openTypewriter(desk, file);
  await using server = await startServer({ display: desk.display });
  await using viewer = await TigerVnc.start({ port: server.port });
  await viewer.screen.run("xdotool", ["windowfocus", "--sync", await viewer.window()]);
  for (const text of TEXTS) {
    await t.step(text, async () => {
      await viewer.screen.run("xdotool", ["type", "--delay", "30", `${text}\n`]);
      await assertTyped(file, text);
    });
  }
});

Deno.test("text sent as keysyms through libvncclient arrives on the desktop", async (t) => {
  await using scratch = await tempDir();
  await using vncget = await compileVncget();
  await using desk = await startXvfb({ width: 800, height: 600 });
  const file = join(scratch.path, "typed");
  await openTypewriter(desk, file);
  await using server = await startServer({ display: desk.display });
  await using viewer = await Vncget.start(vncget, { port: server.port, encodings: "zrle" });
  for (const text of TEXTS) {
    await t.step(text, async () => {
      for (const char of text) await viewer.key(keysym(char));
      await viewer.key(RETURN);
      await assertTyped(file, text);
    });
  }
});

const RETURN = 0xff0d;

/** Latin-1 characters are their own keysyms; others are Unicode plus an offset. */
function keysym(char: string): number {
  const code = char.codePointAt(0)!;
  return code < 0x100 ? code : 0x1000000 + code;
}
