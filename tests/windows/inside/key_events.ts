// A window that has the keyboard, and prints which keys it is told of: `down 0d e0:1c`, a line each.

import { wide } from "../../../src/desktop/windows/wide.ts";

const H = "pointer";
const { CreateWindowExW, SetForegroundWindow, SetFocus, PeekMessageW, DispatchMessageW } = Deno
  .dlopen("user32.dll", {
    CreateWindowExW: {
      parameters: ["u32", "buffer", "buffer", "u32", "i32", "i32", "i32", "i32", H, H, H, H],
      result: H,
    },
    SetForegroundWindow: { parameters: [H], result: "i32" },
    SetFocus: { parameters: [H], result: H },
    PeekMessageW: { parameters: ["buffer", H, "u32", "u32", "u32"], result: "i32" },
    DispatchMessageW: { parameters: ["buffer"], result: "isize" },
  }).symbols;

const WS_POPUP = 0x80000000;
const WS_VISIBLE = 0x10000000;
const PM_REMOVE = 1;
const NAMES = new Map([[0x100, "down"], [0x101, "up"], [0x104, "down"], [0x105, "up"]]);

const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));

const style = (WS_POPUP | WS_VISIBLE) >>> 0;
const names = [wide("STATIC"), wide("keys")] as const;
const place = [0, 0, 300, 200] as const;
const window = CreateWindowExW(0, ...names, style, ...place, null, null, null, null);
SetForegroundWindow(window);
SetFocus(window);
print("ready");

const message = new Uint8Array(48);
const view = new DataView(message.buffer);
const hex = (number: number) => number.toString(16).padStart(2, "0");
setInterval(() => {
  while (PeekMessageW(message, null, 0, 0, PM_REMOVE) !== 0) {
    const name = NAMES.get(view.getUint32(8, true));
    const lParam = view.getUint32(24, true);
    const prefix = (lParam & 0x1000000) === 0 ? "" : "e0:";
    const key = [hex(view.getUint32(16, true)), prefix + hex(lParam >> 16 & 0xff)];
    if (name !== undefined) print([name, ...key].join(" "));
    DispatchMessageW(message);
  }
}, 10);
