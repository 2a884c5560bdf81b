import { assertEquals } from "@std/assert";
import { decodeHtmlFormat, encodeHtmlFormat } from "../../src/html_format.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** A header with these offsets, or others than it should have. */
function headed(html: string, offsets: Record<string, string>): Uint8Array {
  const lines = Object.entries(offsets).map(([name, offset]) => `${name}:${offset}\r\n`);
  return encode(["Version:0.9\r\n", ...lines, html].join(""));
}

Deno.test("HTML format: the offsets count bytes, and name the document and what was copied", () => {
  for (const html of ["<b>é 漢 🙂</b>", "<html><body class=a>é</body></html>", "", "<body>"]) {
    const bytes = encodeHtmlFormat(html);
    const text = new TextDecoder().decode(bytes);
    const part = (name: string) => {
      const offset = (edge: string) =>
        Number(text.match(RegExp(`${edge}${name}:(\\d{10})\r\n`))![1]);
      return new TextDecoder().decode(bytes.subarray(offset("Start"), offset("End")));
    };
    const inner = /^<html><body.*?>(.*)<\/body><\/html>$/.exec(html)?.[1] ??
      (html === "<body>" ? "" : html);
    assertEquals(part("Fragment"), inner);
    assertEquals(part("HTML"), decodeHtmlFormat(bytes));
    assertEquals(text.endsWith(part("HTML")), true);
  }
});

Deno.test("HTML format: marks that are there already stay where they are", () => {
  const html = "<html><body>a<!--StartFragment-->b<!--EndFragment-->c</body></html>";
  assertEquals(decodeHtmlFormat(encodeHtmlFormat(html)), html);
  const turned = decodeHtmlFormat(encodeHtmlFormat("<!--EndFragment-->b<!--StartFragment-->"));
  assertEquals(turned, "<html><body><!--StartFragment-->b<!--EndFragment--></body></html>");
});

Deno.test("HTML format: what other programs write is read, whatever its header says", () => {
  const html = "<i>漢</i>";
  // The header is of 75 bytes, as each offset has as many digits as this.
  const none = { StartHTML: "-1", EndHTML: "-1", StartFragment: "0075", EndFragment: "85" };
  assertEquals(decodeHtmlFormat(headed(html, none)), html);
  assertEquals(decodeHtmlFormat(encode(html)), html);
  assertEquals(decodeHtmlFormat(encode(`${html}\0rest`)), html);
  assertEquals(decodeHtmlFormat(encode("")), "");
});

Deno.test("HTML format: with offsets that are wrong, all is taken", () => {
  const wrong: Record<string, string>[] = [
    { StartHTML: "9999", EndHTML: "99999" },
    { StartHTML: "40", EndHTML: "20" },
    { StartHTML: "x", EndHTML: "20" },
    { StartHTML: "99999999999999999999", EndHTML: "99999999999999999999" },
    { EndHTML: "20" },
    {},
  ];
  for (const offsets of wrong) {
    const bytes = headed("<i>a</i>", offsets);
    assertEquals(decodeHtmlFormat(bytes), new TextDecoder().decode(bytes));
  }
});
