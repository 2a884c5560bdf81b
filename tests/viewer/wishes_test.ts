import { assert, assertEquals } from "@std/assert";
import { readWishes } from "../../src/viewer/wishes.ts";

/** What a viewer that prefers Tight says of it. */
const settingsOf = (...encodings: number[]) => readWishes([7, ...encodings]).settings;

Deno.test("the first pixel encoding that is known counts; Raw where none is", () => {
  assertEquals(readWishes([-239, 12345, 1, 5, 16]).encoding, 5);
  assertEquals(readWishes([]).encoding, 0);
  assertEquals(readWishes([1, -224]).encoding, 0);
});

Deno.test("JPEG has the next encoding beside it for what must be exact", () => {
  const exactEncoding = (...encodings: number[]) => readWishes(encodings).settings.exactEncoding;
  assertEquals(readWishes([21, 21, 12345, 1, 16, 5]).encoding, 21);
  assertEquals(exactEncoding(21, 21, 12345, 1, 16, 5), 16);
  assertEquals(exactEncoding(21, 1), undefined);
  assertEquals(exactEncoding(16, 21, 5), undefined);
});

Deno.test("levels say how to encode, by the first number of each kind", () => {
  assertEquals(settingsOf(-256).compressLevel, 0);
  assertEquals(settingsOf(-247, -256).compressLevel, 9);
  assertEquals(settingsOf(-32).quality, 15);
  assertEquals(settingsOf(-23, -32).quality, 100);
  assertEquals(settingsOf(-412).quality, 100);
  assertEquals(settingsOf(-512).quality, 1);
  assertEquals(settingsOf(-462).quality, 50);
  assertEquals(settingsOf(-317).withoutZlib, true);
});

Deno.test("the fine-grained quality is the one meant where both are given", () => {
  assertEquals(settingsOf(-23, -492).quality, 20);
});

Deno.test("ZYWRLE's level goes by the coarse quality alone, where viewers agree about it", () => {
  const levels = Array.from({ length: 10 }, (_, level) => settingsOf(-32 + level).zywrleLevel);
  assertEquals(levels, [3, 3, 3, 2, 2, 2, 1, 1, 1, undefined]);
  assertEquals(settingsOf(-500, -32).zywrleLevel, 3);
  assertEquals(settingsOf(-500).zywrleLevel, undefined);
});

Deno.test("subsampling goes by the specification's numbers", () => {
  const names = [-768, -767, -766, -765, -764, -763].map((id) => settingsOf(id).subsampling);
  assertEquals(names, ["1X", "4X", "2X", "gray", "8X", "16X"]);
});

Deno.test("an encoding that heeds nothing but the compression level is asked for nothing else", () => {
  for (const encoding of [0, 2, 4, 5, 6, 15, 16]) {
    const { settings } = readWishes([encoding, 7, -260, -252, -26, -440, -766, -317]);
    assertEquals(settings, { compressLevel: 4 }, `encoding ${encoding}`);
  }
});

Deno.test("without a level, everything is exact and the encoder chooses", () => {
  const { withoutZlib, withoutGradient, ...levels } = settingsOf(0, 1, 5);
  assertEquals([withoutZlib, withoutGradient], [false, false]);
  assertEquals(Object.values(levels).filter((level) => level !== undefined), []);
});

Deno.test("a viewer that knows TightPNG may be a noVNC that knows no gradients", () => {
  assertEquals(settingsOf(7, -260).withoutGradient, true);
  assertEquals(settingsOf(7).withoutGradient, false);
});

Deno.test("numbers just outside of the ranges mean nothing", () => {
  const around = [-22, -33, -246, -257, -411, -513, -762, -769, 2 ** 31 - 1, -(2 ** 31)];
  assertEquals(settingsOf(...around), settingsOf());
});

/** The extensions' numbers, as the specification has them, and what each is called. */
const EXTENSIONS: readonly (readonly [id: number, wish: string])[] = [
  [1, "copyRect"],
  [-223, "desktopSize"],
  [-224, "lastRect"],
  [-232, "pointerPos"],
  [-239, "cursor"],
  [-240, "cursor"],
  [-257, "qemuPointerMotionChange"],
  [-258, "qemuExtendedKeyEvent"],
  [-261, "qemuLEDState"],
  [-307, "desktopName"],
  [-308, "extendedDesktopSize"],
  [-309, "xvp"],
  [-312, "fence"],
  [-313, "continuousUpdates"],
  [-314, "cursor"],
  [-316, "extendedMouseButtons"],
  [0x574d5664, "cursor"],
  [0x574d5666, "vmwareCursorPosition"],
  [0x574d5668, "vmwareLEDState"],
  [-1063131698, "extendedClipboard"],
];

Deno.test("each extension has its number, and is wished for by nothing else", () => {
  const none = readWishes([]);
  for (const [id, wish] of EXTENSIONS.filter(([id]) => id !== -313)) {
    const wishes = { ...readWishes([id]) } as Record<string, unknown>;
    assert(Boolean(wishes[wish]), `${id}`);
    assertEquals({ ...wishes, [wish]: none[wish as "cursor"] }, { ...none });
  }
});

Deno.test("continuous updates are only for viewers that answer fences", () => {
  assertEquals(readWishes([-313]), readWishes([]));
  assertEquals(readWishes([-312, -313]), { ...readWishes([-312]), continuousUpdates: true });
});

Deno.test("UltraVNC's viewers don't mean DesktopName by its number", () => {
  for (const id of [0xffff8000 | 0, 0xffff8007 | 0]) {
    assertEquals(readWishes([-307, id]).desktopName, false);
  }
  for (const id of [0xffff7fff | 0, 0xffff8008 | 0]) {
    assertEquals(readWishes([-307, id]).desktopName, true);
  }
});
