import { assertEquals } from "@std/assert";
import { canonicalKeysym, isFunctionKeysym } from "../../../src/desktop/x11/keysyms.ts";

Deno.test("x11 keysyms: what keys do, and characters", () => {
  const [F1, F2, F3, TAB, SHIFT, VOLUME_UP] = [0xffbe, 0xffbf, 0xffc0, 0xff09, 0xffe1, 0x1008ff13];
  for (const keysym of [F1, F2, F3, TAB, SHIFT, VOLUME_UP]) {
    assertEquals(isFunctionKeysym(keysym), true, keysym.toString(16));
  }
  const [KP_SPACE, KP_9, KP_EQUAL] = [0xff80, 0xffb9, 0xffbd];
  for (const keysym of [0x41, 0xe9, 0x10020ac, KP_SPACE, KP_9, KP_EQUAL]) {
    assertEquals(isFunctionKeysym(keysym), false, keysym.toString(16));
  }
});

Deno.test("x11 keysyms: a symbol with two numbers has one", () => {
  assertEquals(canonicalKeysym(0x10000e9), 0xe9);
  assertEquals(canonicalKeysym(0x20ac), 0x10020ac);
  assertEquals(canonicalKeysym(0x1000430), 0x1000430);
});
