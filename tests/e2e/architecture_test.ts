import { assertEquals } from "@std/assert";
import { ROOT } from "../support/root.ts";

/** What each folder of src may import from, besides itself, {@linkcode SHARED} and packages. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  frame: [],
  net: [],
  rfb: ["frame", "net"],
  encodings: ["rfb", "frame"],
  security: ["rfb", "frame", "net"],
  web: ["encodings", "security", "rfb", "frame", "net"],
  desktop: ["frame"],
  viewer: ["encodings", "security", "desktop", "rfb", "frame"],
  server: ["web", "viewer", "encodings", "security", "desktop", "rfb", "frame", "net"],
  cli: ["server", "web", "viewer", "encodings", "security", "desktop", "rfb", "frame", "net"],
  std: [],
};

/** Files that any folder may import. */
const SHARED = ["log.ts", "latin1.ts", "html_format.ts"];

/** Files of more than 450 lines, each with the reason. */
const LONG_FILES: Readonly<Record<string, string>> = {};
const MAX_LINES = 450;

const TOP_LEVEL = ["LICENSE", "README.md", "deno.json", "deno.lock", "main.ts", "src", "tests"];

function* filesBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(ROOT + folder)) {
    if (isDirectory) yield* filesBelow(`${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}

const read = (file: string) => Deno.readTextFileSync(ROOT + file);
const sources = () => [...filesBelow("src")].filter((file) => file.endsWith(".ts"));

/** The files of this repository that a file imports, as paths in it. */
function importsOf(file: string): string[] {
  const statements =
    /^\s*(?:import|export)\b[^"';]*?\bfrom\s*"([^"]+)"|\bimport\s*\(?\s*"([^"]+)"/gm;
  return [...read(file).matchAll(statements)]
    .map(([, from, bare]) => (from ?? bare)!)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => new URL(specifier, `file:///${file}`).pathname.slice(1));
}

/** `frame` for src/frame/rect.ts, `log.ts` for src/log.ts. */
const partOf = (file: string) => file.split("/")[1]!;

Deno.test("imports go one way", () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const file of sources()) {
    const part = partOf(file);
    for (const target of importsOf(file)) {
      seen++;
      if (file === "src/cli/version.ts" && target === "deno.json") continue;
      const allowed = [part, ...SHARED, ...MAY_IMPORT[part] ?? []];
      if (!target.startsWith("src/") || !allowed.includes(partOf(target))) {
        wrong.push(`${file} imports ${target}`);
      }
    }
  }
  assertEquals(wrong, []);
  assertEquals(seen > 10, true, "the imports were not found");
});

Deno.test("every folder of src has its place in the order", () => {
  const folders = new Set(sources().map(partOf).filter((part) => !SHARED.includes(part)));
  assertEquals([...folders].filter((folder) => !(folder in MAY_IMPORT)), []);
});

Deno.test("main.ts starts the command line or a Worker, and nothing else", () => {
  assertEquals(importsOf("main.ts"), ["src/cli/run.ts", "src/encodings/pool/worker.ts"]);
});

Deno.test("stand-ins are imported by their packages' names only", () => {
  for (
    const file of [...sources(), ...filesBelow("tests")].filter((each) => each.endsWith(".ts"))
  ) {
    const direct = importsOf(file).filter((target) => target.startsWith("src/std/"));
    assertEquals(file.startsWith("src/std/") ? [] : direct, [], file);
  }
});

Deno.test("the top level holds what was agreed on", () => {
  const ignored = read(".gitignore").split("\n").map((line) => line.replaceAll("/", ""));
  const names = [...Deno.readDirSync(ROOT)].map(({ name }) => name);
  const strange = names.filter((name) =>
    !TOP_LEVEL.includes(name) && !name.startsWith(".") && !ignored.includes(name)
  );
  assertEquals(strange, []);
});

Deno.test("files stay short", () => {
  const long = [...filesBelow("src"), ...filesBelow("tests"), ...filesBelow(".build")]
    .filter((file) => file.endsWith(".ts") && !(file in LONG_FILES))
    .filter((file) => read(file).split("\n").length > MAX_LINES);
  assertEquals(long, []);
});
