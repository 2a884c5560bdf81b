import { assertEquals } from "@std/assert";
import type { Leds } from "../../../src/desktop/desktop.ts";
import { Recorder, until } from "../recorder.ts";
import { startX11 } from "./rig.ts";

const DARK: Leds = { capsLock: false, numLock: false, scrollLock: false };

Deno.test("x11 tells the LEDs, whoever switches them", async () => {
  await using rig = await startX11();
  const { desktop, server } = rig;
  const recorder = new Recorder();
  desktop.watch(recorder);
  assertEquals(desktop.leds, DARK);
  let expected = DARK;
  const assertSwitches = async (change: Partial<Leds>, act: () => unknown): Promise<void> => {
    const { ledChanges } = recorder;
    await act();
    await until(`LEDs: ${JSON.stringify(change)}`, () => recorder.ledChanges > ledChanges);
    expected = { ...expected, ...change };
    assertEquals(desktop.leds, expected);
  };
  const pressByScancode = (scancode: number) => (): void => {
    desktop.key(0, true, scancode);
    desktop.key(0, false, scancode);
  };
  await assertSwitches({ capsLock: true }, () => server.run("xdotool", ["key", "Caps_Lock"]));
  await assertSwitches({ capsLock: false }, pressByScancode(0x3a));
  await assertSwitches({ numLock: true }, pressByScancode(0x45));
  await assertSwitches({ capsLock: true }, pressByScancode(0x3a));
  await assertSwitches({ numLock: false }, () => server.run("xdotool", ["key", "Num_Lock"]));
  const scrollLock = (state: string) => () => server.run("xset", [state, "named", "Scroll Lock"]);
  await assertSwitches({ scrollLock: true }, scrollLock("led"));
  await assertSwitches({ scrollLock: false }, scrollLock("-led"));
});

Deno.test("x11 knows when it is watched what LEDs were switched before", async () => {
  await using rig = await startX11();
  const { desktop, server } = rig;
  desktop.watch(new Recorder());
  desktop.unwatch();
  await server.run("xdotool", ["key", "Num_Lock"]);
  const recorder = new Recorder();
  desktop.watch(recorder);
  assertEquals(desktop.leds, { ...DARK, numLock: true });
  assertEquals(recorder.ledChanges, 0);
});
