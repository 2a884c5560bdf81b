/*
 * Watches the desktop and does what is written to it, a line a command, for a test outside: `paint
 * COLOUR`, `resize WIDTH HEIGHT`, `shot` (the screen's pixels into Z:\tmp\shot). It answers each with a line.
 */

import { openWindowsDesktop } from "../../../src/desktop/windows/windows_desktop.ts";
import { Recorder } from "../../desktop/recorder.ts";
import { setResolution } from "./display_settings.ts";
import { paintedWindow } from "./painted_window.ts";
import { silentLogger } from "./silent_logger.ts";

const desktop = openWindowsDesktop({ log: silentLogger });
const painted = paintedWindow({ x: 500, y: 300, width: 150, height: 120 });
const recorder = new Recorder();
recorder.damaged = () => void desktop.grab();
recorder.resized = () => {
  recorder.resizes++;
  desktop.grab();
};
desktop.watch(recorder);
desktop.grab();

const commands: Record<string, (...numbers: number[]) => unknown> = {
  paint: (colour) => painted.paint(colour!),
  resize: (width, height) => setResolution(width!, height!),
  shot() {
    const { width, height, pixels } = desktop.screen;
    Deno.writeFileSync("Z:\\tmp\\shot", new Uint8Array(pixels.buffer, 0, 4 * width * height));
    return { width, height, screens: desktop.screens, resizes: recorder.resizes };
  },
};

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
let rest = "";
for await (const text of lines) {
  const complete = (rest + text).split("\n");
  rest = complete.pop()!;
  for (const line of complete) {
    const [command, ...numbers] = line.trim().split(" ");
    const answer = await commands[command!]!(...numbers.map(Number));
    await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(answer ?? null) + "\n"));
  }
}
Deno.exit();
