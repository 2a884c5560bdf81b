import { assertEquals } from "@std/assert";
import * as structs from "../../../src/desktop/x11/structs.ts";

const HEADERS = [
  "X11/Xlib.h",
  "X11/Xutil.h",
  "X11/XKBlib.h",
  "X11/extensions/XShm.h",
  "X11/extensions/Xdamage.h",
  "X11/extensions/Xfixes.h",
  "X11/extensions/XInput2.h",
];

const tables = Object.entries(structs).filter(([, value]) => typeof value === "object") as [
  string,
  Record<string, number>,
][];

/** What the C compiler makes of the same names; `undefined` where it or the headers are missing. */
async function compiled(): Promise<string | undefined> {
  const lines = tables.flatMap(([struct, fields]) =>
    Object.keys(fields).map((field) => {
      const value = field === "size" ? `sizeof(${struct})` : `offsetof(${struct}, ${field})`;
      return `printf("${struct}.${field} %zu\\n", ${value});`;
    })
  );
  const source = [
    ...["stdio.h", "stddef.h", ...HEADERS].map((header) => `#include <${header}>`),
    `int main(void) { ${lines.join("\n")} return 0; }`,
  ].join("\n");
  const directory = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${directory}/structs.c`, source);
    const args = ["-o", `${directory}/structs`, `${directory}/structs.c`];
    const { success } = await new Deno.Command("cc", { args, stderr: "null" }).output();
    if (!success) return undefined;
    const { stdout } = await new Deno.Command(`${directory}/structs`).output();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const output = await compiled();

Deno.test({
  name: "x11 structures lie where the C compiler puts them",
  ignore: output === undefined,
  fn() {
    const ours = tables.flatMap(([struct, fields]) =>
      Object.entries(fields).map(([field, value]) => `${struct}.${field} ${value}\n`)
    );
    assertEquals(output, ours.join(""));
  },
});
