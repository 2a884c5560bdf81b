import { assert, assertEquals } from "@std/assert";
import { builtPage } from "../../src/web/built_page.ts";

Deno.test("the built page is one file, of which a browser finds every script and style", async () => {
  const built = await builtPage();
  const { body, headers } = built.answer({
    host: { name: "a", port: 1 },
    acceptEncoding: "",
    ifNoneMatch: "",
  });
  const html = new TextDecoder().decode(body);
  // Browsers make line feeds of these before they look at hashes.
  assert(!html.includes("\r"));
  assert(!/<(?:link|img|script)\b[^>]*(?:src|href)="(?!data:)/.test(html), "it loads something");
  assert(!/ style="/.test(html), "an attribute has a style, which has no hash");
  assertEquals(headers["Content-Security-Policy"]!.match(/'sha256-/g)!.length, 2);
  const zipped = built.answer({
    host: { name: "a", port: 1 },
    acceptEncoding: "gzip",
    ifNoneMatch: "",
  });
  assert(zipped.body.length < 300_000, `${zipped.body.length} bytes`);
});
