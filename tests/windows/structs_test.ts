import { assertEquals } from "@std/assert";
import * as ids from "../../src/desktop/windows/screen/duplication/interface_ids.ts";
import * as methods from "../../src/desktop/windows/screen/duplication/methods.ts";
import * as structs from "../../src/desktop/windows/structs.ts";
import { enterPlace } from "../support/wine/namespace.ts";
import { COMPILER, PLACE, PREFIX, WINE, WINESERVER } from "../support/wine/place.ts";

const HEADERS = ["windows.h", "d3d11.h", "dxgi1_2.h", "stddef.h", "stdio.h"];

/** Each claim as a C expression of a number, and the number that is ours. */
const claims: [expression: string, ours: number][] = [
  ...Object.entries(structs).flatMap(([struct, fields]) =>
    typeof fields !== "object" ? [] : Object.entries(fields).map(([field, value]) =>
      [
        field === "size" ? `sizeof(${struct})` : `offsetof(${struct}, ${field})`,
        value,
      ] as [string, number]
    )
  ),
  ...Object.entries(methods).flatMap(([name, table]) =>
    Object.entries(table).map(([method, { index }]) =>
      [`offsetof(${name}Vtbl, ${method}) / sizeof(void *)`, index] as [string, number]
    )
  ),
  ...Object.entries(ids).flatMap(([name, bytes]) =>
    [...bytes].map((byte, i) => [`((unsigned char *) &${name})[${i}]`, byte] as [string, number])
  ),
];

Deno.test("Windows' structures and interfaces lie where its headers put them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const source = [
      ...["COBJMACROS", "CINTERFACE", "INITGUID"].map((name) => `#define ${name}`),
      ...HEADERS.map((header) => `#include <${header}>`),
      "int main(void) {",
      ...claims.map(([expression]) => `printf("%d\\n", (int) (${expression}));`),
      "return 0; }",
    ].join("\n");
    await Deno.writeTextFile(`${folder}/structs.c`, source);
    await using place = await enterPlace(PLACE, { temporary: folder });
    await place.run([COMPILER, "-o", "/tmp/structs.exe", "/tmp/structs.c"]);
    const env = { HOME: "/root", WINEPREFIX: PREFIX, WINEDEBUG: "-all", WINESERVER };
    const output = await place.run([WINE, "/tmp/structs.exe"], { env });
    const theirs = output.trim().split(/\s+/).map(Number);
    assertEquals(
      claims.map(([expression], i) => `${expression} is ${theirs[i]}`),
      claims.map(([expression, ours]) => `${expression} is ${ours}`),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
