import { assertEquals } from "@std/assert";
import { loadLibraries } from "../../../src/desktop/windows/libraries.ts";
import { Pointer } from "../../../src/desktop/windows/input/pointer.ts";
import { PointerWatch } from "../../../src/desktop/windows/input/pointer_watch.ts";
import { LITTLE_ENDIAN, MSG } from "../../../src/desktop/windows/structs.ts";
import { virtualScreen } from "../../../src/desktop/windows/screen/virtual_screen.ts";
import { wide } from "../../../src/desktop/windows/wide.ts";

const libraries = loadLibraries();
const { user32, kernel32 } = libraries;
const WS_EX_TOPMOST = 0x8;
const WS_POPUP = 0x80000000;
const WS_VISIBLE = 0x10000000;
/** A STATIC lets clicks through without it. */
const SS_NOTIFY = 0x100;
const PM_REMOVE = 1;
/** What messages of the mouse are called here. The wheels' and the extra buttons' come with a number. */
const NAMES = new Map<number, string>([
  ...[[0x201, "left"], [0x202, "-left"], [0x204, "right"], [0x205, "-right"]] as const,
  ...[[0x207, "middle"], [0x208, "-middle"]] as const,
  ...[[0x20a, "wheel"], [0x20b, "extra"], [0x20c, "-extra"], [0x20e, "hwheel"]] as const,
]);
const FIRST_WITH_NUMBER = 0x20a;

/** A window below the pointer, which tells what the mouse does there. */
class MouseWindow implements Disposable {
  readonly #window = user32.CreateWindowExW(
    ...[
      WS_EX_TOPMOST,
      wide("STATIC"),
      wide(""),
      (WS_POPUP | WS_VISIBLE | SS_NOTIFY) >>> 0,
    ] as const,
    ...[100, 100, 200, 200, null, null, kernel32.GetModuleHandleW(null), null] as const,
  );

  /** What has come since this was asked last. */
  read(): string[] {
    const told: string[] = [];
    const message = new DataView(new ArrayBuffer(MSG.size));
    while (user32.PeekMessageW(message, null, 0, 0, PM_REMOVE) !== 0) {
      const id = message.getUint32(MSG.message, LITTLE_ENDIAN);
      const name = NAMES.get(id);
      const number = message.getInt16(MSG.wParam + 2, LITTLE_ENDIAN);
      if (name !== undefined) told.push(id < FIRST_WITH_NUMBER ? name : `${name} ${number}`);
      user32.DispatchMessageW(message);
    }
    return told;
  }

  [Symbol.dispose](): void {
    user32.DestroyWindow(this.#window);
  }
}

const area = virtualScreen(libraries);
const watch = new PointerWatch(libraries, () => area);

Deno.test("the pointer gets to every pixel of a row and of a column", () => {
  const pointer = new Pointer(libraries, watch);
  for (let x = 0; x < area.width; x++) {
    const y = Math.min(x, area.height - 1);
    pointer.set(x, y, 0, area);
    assertEquals(watch.ask(), { x, y });
  }
});

Deno.test("a program gets every button, and as many notches of both wheels", () => {
  using target = new MouseWindow();
  const pointer = new Pointer(libraries, watch);
  const press = (bits: number[]) => {
    for (const bit of bits) {
      pointer.set(150, 150, 1 << bit, area);
      pointer.set(150, 150, 0, area);
    }
    return target.read().join(" ");
  };
  target.read();
  assertEquals(press([0, 1, 2]), "left -left middle -middle right -right");
  assertEquals(press([7, 8]), "extra 1 -extra 1 extra 2 -extra 2");
  assertEquals(press([3, 3, 3, 4]), "wheel 120 wheel 120 wheel 120 wheel -120");
  assertEquals(press([6, 6, 5]), "hwheel 120 hwheel 120 hwheel -120");
});
