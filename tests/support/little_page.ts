import { Page } from "../../src/web/assets.ts";

/** Some text, so that the page isn't all on its way at once. */
const TEXT = Array.from({ length: 500 }, (_, i) => `<p>line ${i}`).join("\n");

/** A page for tests that don't care which one it is. */
export function littlePage(): Promise<Page> {
  return Page.of(`<!doctype html><html><title>A little page</title>${TEXT}</html>`);
}
