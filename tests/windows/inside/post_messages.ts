// Posts a message to vncd's window, as any program of the user's may.

import { wide } from "../../../src/desktop/windows/wide.ts";

const { symbols: user32 } = Deno.dlopen("user32.dll", {
  FindWindowW: { parameters: ["pointer", "buffer"], result: "pointer" },
  PostMessageW: { parameters: ["pointer", "u32", "usize", "isize"], result: "i32" },
});

const WM_NCLBUTTONDOWN = 0xa1;
const ON_SCROLL_BAR = 7n;

const window = user32.FindWindowW(null, wide("vncd"));
if (window === null) throw new Error("vncd has no window");
user32.PostMessageW(window, WM_NCLBUTTONDOWN, ON_SCROLL_BAR, 0n);
