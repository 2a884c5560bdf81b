// The service's structures, beside what the C compiler makes of Windows' own headers.

import { assertEquals } from "@std/assert";
import * as structs from "../../src/cli/service/service_structs.ts";
import { enterPlace } from "../support/wine/namespace.ts";
import { COMPILER, PLACE } from "../support/wine/place.ts";

/** Each number as C writes it: `offsetof(STARTUPINFOW, cb)`, `sizeof(STARTUPINFOW)`. */
const EXPRESSIONS = Object.entries<object | boolean>(structs).flatMap(([struct, fields]) =>
  Object.entries(fields).map(([field, value]) => ({
    text: field === "size" ? `sizeof(${struct})` : `offsetof(${struct}, ${field})`,
    value,
  }))
);

Deno.test("the service's structures are as in Windows' headers", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using place = await enterPlace(PLACE, { temporary: folder });
    const asserted = EXPRESSIONS.map(({ text, value }) =>
      `_Static_assert(${text} == ${value}, "${text}");`
    );
    const source = ["#include <stddef.h>", "#include <windows.h>", ...asserted].join("\n");
    await Deno.writeTextFile(`${folder}/structs.c`, source);
    assertEquals(await place.run([COMPILER, "-fsyntax-only", "/tmp/structs.c"]), "");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
