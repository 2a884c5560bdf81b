// A window on Windows that takes another colour for each line of its standard input.

import { paintedWindow } from "../../windows/inside/painted_window.ts";

const window = paintedWindow({ x: 640, y: 480, width: 100, height: 60 });
let colour = 0;
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  for (const _ of text.matchAll(/\n/g)) window.paint(++colour * 0x345678 & 0xffffff);
}
