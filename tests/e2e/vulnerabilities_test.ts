import { assert, assertEquals } from "@std/assert";
import { ROOT } from "../support/root.ts";

/** The page; what the formatter has put into several lines is one again. */
const PAGE = Deno.readTextFileSync(`${ROOT}.docs/vulnerabilities.md`).replace(/\n {2}(?=\S)/g, " ");

/** The classes that the page has to have, each by a case that is known, or by its title. */
const CLASSES = [
  ["Authentication bypassed", "CVE-2006-2369"],
  ["Memory for lengths", "CVE-2018-7225"],
  ["Decompression bombs", "CVE-2022-3165"],
  ["File transfer", "CVE-2018-15126"],
  ["Pixel formats, sizes", "CVE-2014-7815"],
  ["Payloads of fences", "CVE-2019-15683"],
  ["Leaks of old memory", "CVE-2019-15681"],
  ["TLS handshakes", "CVE-2016-10207"],
  ["Exhausted resources", "CVE-2025-5024"],
  ["Weak or predictable", "CVE-2020-26117"],
  ["Other users of the machine", "CVE-2020-29074"],
  ["Viewers that leave", "CVE-2020-14397"],
  ["Parsers in general", "Kaspersky"],
  ["Cross-site requests", "CVE-2015-0259"],
  ["HTTP servers", "CVE-2026-32854"],
  ["Exposure", "internet"],
] as const;

/** What stands below each heading of a class. */
const sections = PAGE.split(/^## /m).slice(1);

/** A line that names a test: its file, and its name with `…` for what differs between repetitions. */
const TEST = /^- `([^`]+)`: (.+)$/gm;

/** Finds a test's name in a source: between quotes, with an expression for each `…`. */
function named(name: string): RegExp {
  const parts = name.split("…").map((part) => RegExp.escape(part));
  return new RegExp(`(["\`])${parts.join("\\$\\{[^`\\n]+?\\}")}\\1`);
}

Deno.test("the page on vulnerabilities has every class of known vulnerabilities, each with tests", () => {
  assertEquals(sections.length, CLASSES.length);
  for (const [i, [title, known]] of CLASSES.entries()) {
    const section = sections[i]!;
    assert(section.startsWith(title), `${title}: ${section.slice(0, 40)}`);
    assert(section.includes(known), `${title}: ${known}`);
    assert([...section.matchAll(TEST)].length > 0, title);
  }
});

Deno.test("every test that the page on vulnerabilities names is there", () => {
  const missing = [...PAGE.matchAll(TEST)].filter(([, file, name]) => {
    try {
      return !named(name!).test(Deno.readTextFileSync(ROOT + file));
    } catch {
      return true;
    }
  }).map(([line]) => line);
  assertEquals(missing, []);
  // None is overlooked for its form.
  assertEquals([...PAGE.matchAll(TEST)].length, PAGE.match(/^- `tests\//gm)!.length);
});
