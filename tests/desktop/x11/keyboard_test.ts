import { assertEquals } from "@std/assert";
import { Recorder, until } from "../recorder.ts";
import { openTerminal, pressed, startX11, type, watchEvents, type X11Rig } from "./rig.ts";

const NOTHING = { keys: 0, buttons: 0 };

/** Types lines and asserts that just they arrive. */
async function assertTyped(
  rig: X11Rig,
  lines: string,
  afterwards: () => void = () => {},
): Promise<void> {
  const terminal = await openTerminal(rig);
  type(rig.desktop, lines);
  afterwards();
  let text = "";
  await until("what was typed", async () => {
    text = await terminal.text();
    return text.split("\n").length >= lines.split("\n").length;
  }).catch(() => {});
  assertEquals(text, lines);
}

function testTyping(name: string, lines: string, prepare?: (rig: X11Rig) => Promise<void>): void {
  Deno.test(`x11 keyboard types ${name}`, async () => {
    await using rig = await startX11();
    await prepare?.(rig);
    await assertTyped(rig, lines);
  });
}

const layout = (...args: string[]) => async ({ server }: X11Rig): Promise<void> => {
  await server.run("setxkbmap", args);
};

/** More symbols than a keyboard has spare keys, each next to others. */
const MIXED = Array.from(
  { length: 200 },
  (_, i) =>
    i % 3 === 0 ? "aZ9!"[i / 3 % 4]! : String.fromCodePoint([0xe0, 0x430, 0x4e00][i % 3]! + i),
).join("");

testTyping("capitals without being told of Shift", "Hello World! ~#@{}|\"' aAbB\n");
testTyping("symbols that the layout lacks", "é ß € 漢 ñ ф ا 🙂 ééßß é\n");
testTyping("many symbols fast, without loss", `${MIXED}\n`);
testTyping("AltGr's symbols on a German layout", "z@y €uro {[]}\\ ~ ß ä Ö é\n", layout("de"));
testTyping("Latin letters on a Russian layout", "ж Ж abc é\n", layout("ru"));
testTyping("with Caps Lock on", "aA zZ 1! éÉ ф\n", async ({ desktop, server }) => {
  desktop.key(0xffe5, true);
  desktop.key(0xffe5, false);
  await until("Caps Lock", async () => /Caps Lock:\s+on/.test(await server.run("xset", ["q"])));
});

Deno.test("x11 keyboard lifts Shift for a symbol that has none, and puts it back", async () => {
  await using rig = await startX11();
  const terminal = await openTerminal(rig);
  const SHIFT = 0xffe1;
  rig.desktop.key(SHIFT, true);
  type(rig.desktop, "aA1!é");
  rig.desktop.key(SHIFT, false);
  type(rig.desktop, "b\n");
  await until("the line", async () => await terminal.text() === "aA1!éb\n");
});

Deno.test("x11 keyboard follows a layout that changes", async () => {
  await using rig = await startX11();
  const terminal = await openTerminal(rig);
  const line = "yz é € @\n";
  type(rig.desktop, line);
  await until("the first line", async () => await terminal.text() === line);
  await rig.server.run("setxkbmap", ["de"]);
  // Nothing tells when the terminal has heard of it, so the first lines may be wrong.
  await until("a line in the new layout", async () => {
    const before = await terminal.text();
    type(rig.desktop, line);
    await until("another line", async () => {
      const added = (await terminal.text()).slice(before.length);
      return added.endsWith("\n");
    });
    return (await terminal.text()).endsWith(`\n${line}`);
  });
});

Deno.test("x11 keyboard leaves the keys as it found them", async () => {
  await using rig = await startX11();
  const { desktop, server } = rig;
  const before = await server.run("xmodmap", ["-pke"]);
  desktop.key(0x10020ac, true);
  desktop.key(0x61, true);
  desktop.key(0xffe3, true);
  await until("another mapping", async () => await server.run("xmodmap", ["-pke"]) !== before);
  desktop.close();
  assertEquals(await server.run("xmodmap", ["-pke"]), before);
  assertEquals(pressed(rig), NOTHING);
});

Deno.test("x11 keyboard releases what is pressed when nobody watches any more", async () => {
  await using rig = await startX11();
  const { desktop } = rig;
  desktop.watch(new Recorder());
  desktop.key(0xffe1, true);
  desktop.key(0x41, true);
  desktop.pointer(3, 3, 5);
  await until("pressed keys", () => pressed(rig).keys > 0);
  desktop.unwatch();
  assertEquals(pressed(rig), NOTHING);
});

Deno.test("x11 keyboard types to the end what a viewer typed before it left", async () => {
  await using rig = await startX11();
  rig.desktop.watch(new Recorder());
  await assertTyped(rig, `${MIXED}\n`, () => rig.desktop.unwatch());
});

Deno.test("x11 keyboard releases the key of A for a viewer that releases a", async () => {
  await using rig = await startX11();
  const { desktop } = rig;
  desktop.key(0xffe1, true);
  desktop.key(0x41, true);
  desktop.key(0xffe1, false);
  desktop.key(0x61, false);
  assertEquals(pressed(rig), NOTHING);
});

Deno.test("x11 keyboard leaves no key pressed when a repeated symbol moves to another key", async () => {
  await using rig = await startX11();
  const { desktop } = rig;
  // `<` is Shift and the comma's key, or a key of its own.
  desktop.key(0xffe1, true);
  desktop.key(0x3c, true);
  desktop.key(0xffe1, false);
  desktop.key(0x3c, true);
  assertEquals(pressed(rig).keys, 1);
  desktop.key(0x3c, false);
  assertEquals(pressed(rig), NOTHING);
});

Deno.test("x11 keyboard keeps Shift for Tab", async () => {
  await using rig = await startX11();
  const { desktop } = rig;
  const events = await watchEvents(rig, "keyboard");
  desktop.key(0xffe1, true);
  desktop.key(0xff09, true);
  desktop.key(0xff09, false);
  desktop.key(0xffe1, false);
  await until("a Tab with Shift", () => events().includes("ISO_Left_Tab"));
  assertEquals(pressed(rig), NOTHING);
});
