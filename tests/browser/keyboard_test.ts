import { assertEquals } from "@std/assert";
import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "../viewers/support/server.ts";
import { Typewriter } from "../viewers/support/typewriter.ts";
import { KeyLogger } from "../viewers/support/xev.ts";
import { Chromium } from "./support/chromium.ts";
import { PHONE } from "./support/phone.ts";
import { typeKeys } from "./support/typing.ts";

const chromium = new Chromium();

const TEXTS = ["Hello, World 123 !@#$%^&*(){}[]<>", "é ß ñ € 漢 Straße"] as const;

/** Shortcuts, and what xterm makes of them. */
const SHORTCUTS = [
  ["Control+c", "\x03"],
  ["Control+Shift+c", "\x03"],
  ["Control+w", "\x17"],
  ["Control+v", "\x16"],
  ["Tab", "\t"],
  ["Shift+Tab", "\x1b[Z"],
  ["Escape", "\x1b"],
  ["ArrowUp", "\x1b[A"],
  ["F5", "\x1b[15~"],
  ["Delete", "\x1b[3~"],
  ["Control+Enter", "\r"],
] as const;

Deno.test("what is typed on the page arrives on the desktop", async () => {
  await using desk = await startXvfb();
  await using typewriter = await Typewriter.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  for (const text of TEXTS) {
    await typeKeys(page.page, `${text}\n`);
    await typewriter.assertTyped(`${text}\n`);
  }
});

Deno.test("shortcuts go to the desktop, and not to the browser", async () => {
  await using desk = await startXvfb();
  await using typewriter = await Typewriter.open(desk, "keys");
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  for (const [shortcut, typed] of SHORTCUTS) {
    await page.page.keyboard.press(shortcut);
    // Something that shows, after what may not.
    await page.page.keyboard.press(".");
    await typewriter.assertTyped(`${typed}.`);
  }
});

const press = (...keys: string[]) => [
  ...keys.map((key) => `Press ${key}`),
  ...keys.toReversed().map((key) => `Release ${key}`),
];

Deno.test("the menu has keys that keyboards lack and browsers keep, and holds some", async () => {
  await using desk = await startXvfb();
  await using logger = await KeyLogger.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  const expected: string[] = [];
  const expect = async (...events: string[]) => {
    expected.push(...events);
    assertEquals(await logger.events(expected.length), expected);
  };

  await page.inPanel("Keys", async ({ keyboard }) => {
    const item = (name: string) => page.page.getByRole("menuitem", { name, exact: true });
    await item("Ctrl+Alt+Del").click();
    await expect(...press("Control_L", "Alt_L", "Delete"));
    await item("Super").click();
    await expect(...press("Super_L"));
    await item("Tab").click();
    await expect(...press("Tab"));
    await item("Esc").click();
    await expect(...press("Escape"));

    const control = page.page.getByRole("menuitemcheckbox", { name: "Ctrl" });
    await control.click();
    await expect("Press Control_L");
    assertEquals(await control.getAttribute("aria-checked"), "true");
    await keyboard.press("a");
    await expect(...press("a"));
    await control.click();
    await expect("Release Control_L");
    assertEquals(await control.getAttribute("aria-checked"), "false");
  });
});

Deno.test("a key that is held when the page goes away doesn't stay down", async () => {
  await using desk = await startXvfb();
  await using logger = await KeyLogger.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  await page.page.keyboard.down("Shift");
  assertEquals(await logger.events(1), ["Press Shift_L"]);
  await page.page.close();
  assertEquals(await logger.events(2), ["Press Shift_L", "Release Shift_L"]);
});

Deno.test("an on-screen keyboard's words, composed, corrected and completed, are typed", async () => {
  await using desk = await startXvfb();
  await using typewriter = await Typewriter.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, PHONE);
  await page.reaches("connected");
  await page.button("Keyboard").tap();
  const { keyboard } = page.page;
  const devTools = await page.context.newCDPSession(page.page);
  const compose = (text: string) =>
    devTools.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });

  // A keyboard that only inserts text, as most on Android do.
  await keyboard.insertText("Grüße ");
  for (const text of ["w", "wo", "wor", "worl"]) await compose(text);
  await keyboard.insertText("world 漢 😀 €!x");
  await keyboard.press("Backspace");
  await keyboard.press("Enter");
  await typewriter.assertTyped("Grüße world 漢 😀 €!\n");
});
