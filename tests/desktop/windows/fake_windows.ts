import type { Libraries } from "../../../src/desktop/windows/libraries.ts";
import {
  BITMAPINFOHEADER,
  DEVMODEW,
  DISPLAY_DEVICEW,
  WNDCLASSEXW,
} from "../../../src/desktop/windows/structs.ts";
import type { Rect } from "../../../src/frame/rect.ts";

const SM_XVIRTUALSCREEN = 76;

const WINDOW_PROCEDURE = {
  parameters: ["pointer", "u32", "usize", "isize"],
  result: "isize",
} as const;

type Handle = Deno.PointerValue;

/** Functions of Windows'; what isn't there fails, or gives nothing. */
function library(functions: object): object {
  return new Proxy(functions, {
    get: (target, name) => (target as Record<PropertyKey, unknown>)[name] ?? (() => 0),
  });
}

/**
 * Windows with monitors, of which GDI gives the pixels, and desktops by name; a desktop's handle is an
 * object with the name.
 */
export class FakeWindows {
  monitors: readonly Rect[];
  /** The desktop on the screen; `undefined` when it isn't ours to see. */
  input: string | undefined = "Default";
  thread = { name: "Default" };
  windows = 0;
  /** What isn't given back of GDI: pixels of pictures by their handles, nothing by those of contexts. */
  readonly objects = new Map<bigint, Uint32Array<ArrayBuffer> | undefined>();
  /** Handles that were given back twice. */
  readonly mistakes: bigint[] = [];
  /** What each context draws into. */
  readonly #selected = new Map<bigint, { readonly pixels: Uint32Array; readonly stride: number }>();
  /** Of the window that was opened last. */
  #procedure: Deno.PointerObject<typeof WINDOW_PROCEDURE> | null = null;
  #last = 0n;
  #stride = 0;

  /** @param monitors Where they are on the virtual screen. */
  constructor(monitors: readonly Rect[]) {
    this.monitors = monitors;
  }

  /** The virtual screen. */
  get area(): Rect {
    const [left, top] = [edge(this.monitors, "x"), edge(this.monitors, "y")];
    const right = Math.max(...this.monitors.map(({ x, width }) => x + width));
    const bottom = Math.max(...this.monitors.map(({ y, height }) => y + height));
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  /** Tells the window that was opened last of something. */
  send(message: number): void {
    new Deno.UnsafeFnPointer(this.#procedure!, WINDOW_PROCEDURE).call(null, message, 0n, 0n);
  }

  /** What is at a place of the virtual screen; each desktop looks different. */
  pixelAt(x: number, y: number): number {
    return this.thread.name.length << 20 | (x & 0x3ff) << 10 | y & 0x3ff;
  }

  readonly libraries = {
    user32: library({
      GetSystemMetrics: (index: number) => {
        if (index < SM_XVIRTUALSCREEN || this.monitors.length === 0) return 0;
        const { x, y, width, height } = this.area;
        return [x, y, width, height][index - SM_XVIRTUALSCREEN];
      },
      EnumDisplayDevicesW: (_: null, index: number, view: DataView) => {
        if (index >= this.monitors.length) return 0;
        for (const [i, letter] of [...`DISPLAY${index + 1}\0`].entries()) {
          view.setUint16(DISPLAY_DEVICEW.DeviceName + 2 * i, letter.charCodeAt(0), true);
        }
        view.setUint32(DISPLAY_DEVICEW.StateFlags, 1, true);
        return 1;
      },
      EnumDisplaySettingsExW: (name: Uint16Array, _: number, view: DataView) => {
        const { x, y, width, height } = this.monitors[name[7]! - "1".charCodeAt(0)]!;
        view.setInt32(DEVMODEW.dmPosition, x, true);
        view.setInt32(DEVMODEW.dmPosition + 4, y, true);
        view.setUint32(DEVMODEW.dmPelsWidth, width, true);
        view.setUint32(DEVMODEW.dmPelsHeight, height, true);
        return 1;
      },
      GetDC: () => this.#handle(),
      ReleaseDC: (_: null, dc: Handle) => this.#free(dc),
      OpenInputDesktop: () => this.input === undefined ? null : { name: this.input },
      GetThreadDesktop: () => this.thread,
      // A thread that has windows stays where it is.
      SetThreadDesktop: (desktop: { name: string }) => {
        if (this.windows > 0) return 0;
        this.thread = desktop;
        return 1;
      },
      GetUserObjectInformationW: (
        ...[{ name }, , out, , length]: [{ name: string }, number, Uint16Array, number, Uint32Array]
      ) => {
        for (const [i, letter] of [...name, "\0"].entries()) out[i] = letter.charCodeAt(0);
        length[0] = 2 * (name.length + 1);
        return 1;
      },
      RegisterClassExW: (view: DataView) => {
        const address = view.getBigUint64(WNDCLASSEXW.lpfnWndProc, true);
        this.#procedure = Deno.UnsafePointer.create(address);
        return 1;
      },
      CreateWindowExW: () => {
        this.windows++;
        return Deno.UnsafePointer.create(1n);
      },
      DestroyWindow: () => this.windows--,
    }),
    gdi32: library({
      CreateCompatibleDC: () => this.#handle(),
      CreateDIBSection: (_: Handle, info: Uint8Array, __: number, bits: BigUint64Array) => {
        const view = new DataView(info.buffer);
        this.#stride = view.getInt32(BITMAPINFOHEADER.biWidth, true);
        const height = -view.getInt32(BITMAPINFOHEADER.biHeight, true);
        const pixels = new Uint32Array(this.#stride * height);
        bits[0] = Deno.UnsafePointer.value(Deno.UnsafePointer.of(pixels));
        return this.#handle(pixels);
      },
      SelectObject: (dc: Handle, bitmap: Handle) => {
        const pixels = this.objects.get(Deno.UnsafePointer.value(bitmap));
        if (pixels === undefined) return null;
        this.#selected.set(Deno.UnsafePointer.value(dc), { pixels, stride: this.#stride });
        return null;
      },
      DeleteObject: (bitmap: Handle) => this.#free(bitmap),
      DeleteDC: (dc: Handle) => this.#free(dc),
      BitBlt: (
        ...[dc, x, y, width, height, , left, top]: [
          ...[Handle, number, number, number, number, Handle, number, number],
        ]
      ) => {
        if (this.input !== this.thread.name) return 0;
        const { pixels, stride } = this.#selected.get(Deno.UnsafePointer.value(dc))!;
        for (let row = 0; row < height; row++) {
          for (let column = 0; column < width; column++) {
            pixels[(y + row) * stride + x + column] = this.pixelAt(left + column, top + row);
          }
        }
        return 1;
      },
    }),
    kernel32: library({ GetCurrentThreadId: () => 1, GetModuleHandleW: () => null }),
  } as unknown as Libraries;

  #handle(pixels?: Uint32Array<ArrayBuffer>): Handle {
    this.objects.set(++this.#last, pixels);
    return Deno.UnsafePointer.create(this.#last);
  }

  #free(handle: Handle): number {
    const id = Deno.UnsafePointer.value(handle);
    if (!this.objects.delete(id)) this.mistakes.push(id);
    return 1;
  }
}

function edge(rects: readonly Rect[], side: "x" | "y"): number {
  return Math.min(...rects.map((rect) => rect[side]));
}
