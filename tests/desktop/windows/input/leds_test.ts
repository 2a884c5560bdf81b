import { assertEquals } from "@std/assert";
import { LedWatch, readLocks } from "../../../../src/desktop/windows/input/leds.ts";
import type { Libraries } from "../../../../src/desktop/windows/libraries.ts";
import { VirtualKey } from "../../../../src/desktop/windows/input/virtual_keys.ts";

Deno.test("each lock that is switched is told of once", () => {
  const states = new Map<number, number>();
  const GetKeyState = (virtualKey: number) => states.get(virtualKey) ?? 0;
  const libraries = { user32: { GetKeyState, PeekMessageW: () => 0 } } as unknown as Libraries;
  const watch = new LedWatch(libraries);
  assertEquals(watch.leds, undefined);
  let told = 0;
  watch.start(() => told++);
  // Held, but off.
  states.set(VirtualKey.CAPITAL, -128);
  assertEquals([watch.look(), told], [false, 0]);
  for (const lock of [VirtualKey.CAPITAL, VirtualKey.NUMLOCK, VirtualKey.SCROLL]) {
    states.set(lock, 1);
    const before = told;
    assertEquals([watch.look(), watch.look(), told], [true, false, before + 1]);
  }
  assertEquals(watch.leds, { capsLock: true, numLock: true, scrollLock: true });
});

Deno.test("the locks are as they are now, not as when this thread looked for keys last", () => {
  const WM_KEYDOWN = 0x100;
  const [now, known] = [
    new Map<number, number>([[VirtualKey.CAPITAL, 1]]),
    new Map<number, number>(),
  ];
  const PeekMessageW = (...[, , first, last, flags]: number[]) => {
    if (first! > WM_KEYDOWN || last! < WM_KEYDOWN) return 0;
    for (const [key, state] of now) known.set(key, state);
    // Removes nothing.
    assertEquals(flags, 0);
    return 0;
  };
  const GetKeyState = (virtualKey: number) => known.get(virtualKey) ?? 0;
  const libraries = { user32: { GetKeyState, PeekMessageW } } as unknown as Libraries;
  assertEquals(readLocks(libraries), { capsLock: true, numLock: false, scrollLock: false });
});
