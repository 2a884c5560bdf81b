// Prints what Notepad holds, as JSON.

import { wide } from "../../../src/desktop/windows/wide.ts";

const H = "pointer";
const { FindWindowW, FindWindowExW, SendMessageW } = Deno.dlopen("user32.dll", {
  FindWindowW: { parameters: ["buffer", H], result: H },
  FindWindowExW: { parameters: [H, H, "buffer", H], result: H },
  SendMessageW: { parameters: [H, "u32", "usize", "buffer"], result: "isize" },
}).symbols;

const WM_GETTEXT = 0xd;
const MOST = 10_000;

const notepad = FindWindowW(wide("Notepad"), null);
const edit = FindWindowExW(notepad, null, wide("Edit"), null);
if (edit === null) throw new Error("no Notepad");
const text = new Uint16Array(MOST);
const length = Number(SendMessageW(edit, WM_GETTEXT, BigInt(MOST), text));
await Deno.stdout.write(
  new TextEncoder().encode(JSON.stringify(String.fromCharCode(...text.subarray(0, length)))),
);
