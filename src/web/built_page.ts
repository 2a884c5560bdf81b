import { Page } from "./assets.ts";

/** The page that is a part of vncd, as `deno task page` makes it. */
export async function builtPage(): Promise<Page> {
  const { default: html } = await import("./built/page.html", { with: { type: "text" } });
  return await Page.of(html);
}
