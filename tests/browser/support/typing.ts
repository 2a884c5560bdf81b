import type { Page } from "playwright-core";

/**
 * Presses the keys of a text one after the other, as a keyboard that has each of them does;
 * playwright's own knows no others than the United States'.
 */
export async function typeKeys(page: Page, text: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  for (const character of text) {
    const isReturn = character === "\n";
    const key = isReturn ? "Enter" : character;
    const typed = isReturn ? "\r" : character;
    await devTools.send("Input.dispatchKeyEvent", { type: "keyDown", key, text: typed });
    await devTools.send("Input.dispatchKeyEvent", { type: "keyUp", key });
  }
  await devTools.detach();
}
