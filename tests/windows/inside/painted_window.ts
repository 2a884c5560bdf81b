import type { Rect } from "../../../src/frame/rect.ts";
import { wide } from "../../../src/desktop/windows/wide.ts";

const H = "pointer";
const user32 = Deno.dlopen("user32.dll", {
  CreateWindowExW: {
    parameters: ["u32", "buffer", "buffer", "u32", "i32", "i32", "i32", "i32", H, H, H, H],
    result: H,
  },
  DestroyWindow: { parameters: [H], result: "i32" },
  GetDC: { parameters: [H], result: H },
  ReleaseDC: { parameters: [H, H], result: "i32" },
  PeekMessageW: { parameters: ["buffer", H, "u32", "u32", "u32"], result: "i32" },
  DispatchMessageW: { parameters: ["buffer"], result: "isize" },
  FillRect: { parameters: [H, "buffer", H], result: "i32" },
}).symbols;
const gdi32 = Deno.dlopen("gdi32.dll", {
  CreateSolidBrush: { parameters: ["u32"], result: H },
  DeleteObject: { parameters: [H], result: "i32" },
  GdiFlush: { parameters: [], result: "i32" },
}).symbols;

const WS_POPUP = 0x80000000;
const WS_VISIBLE = 0x10000000;
const WS_EX_TOPMOST = 0x8;
const WS_EX_NOACTIVATE = 0x08000000;
const PM_REMOVE = 1;

/**
 * A window without a frame, of one colour. It's in front, where it's the only one, and reads its
 * messages as every program does: GetKeyState stays as it was while messages of keys wait.
 */
export function paintedWindow({ x, y, width, height }: Rect) {
  const window = user32.CreateWindowExW(
    ...[
      WS_EX_TOPMOST | WS_EX_NOACTIVATE,
      wide("STATIC"),
      wide(""),
      (WS_POPUP | WS_VISIBLE) >>> 0,
    ] as const,
    ...[x, y, width, height, null, null, null, null] as const,
  );
  if (window === null) throw new Error("no window");
  const reading = setInterval(readMessages, 10);
  return {
    /** @param colour `0xRRGGBB`. */
    paint(colour: number): void {
      const [red, green, blue] = [colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff];
      const brush = gdi32.CreateSolidBrush(blue << 16 | green << 8 | red);
      const dc = user32.GetDC(window);
      user32.FillRect(dc, Int32Array.of(0, 0, width, height), brush);
      user32.ReleaseDC(window, dc);
      gdi32.DeleteObject(brush);
      gdi32.GdiFlush();
      // Wine shows what a program has drawn when it looks for messages.
      user32.PeekMessageW(new Uint8Array(48), null, 0, 0, 0);
    },
    close(): void {
      clearInterval(reading);
      user32.DestroyWindow(window);
    },
  };
}

function readMessages(): void {
  const message = new Uint8Array(48);
  while (user32.PeekMessageW(message, null, 0, 0, PM_REMOVE) !== 0) {
    user32.DispatchMessageW(message);
  }
}
