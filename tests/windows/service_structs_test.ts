// The structures of the service and the doctor, beside what the C compiler makes of Windows' own headers.

import { assertEquals } from "@std/assert";
import * as tcpStructs from "../../src/cli/doctor/tcp_table.ts";
import * as serviceStructs from "../../src/cli/service/service_structs.ts";
import { enterPlace } from "../support/wine/namespace.ts";
import { COMPILER, PLACE } from "../support/wine/place.ts";

const HEADERS = ["winsock2.h", "windows.h", "iphlpapi.h"].map((header) => `#include <${header}>`);

/** Each number as C writes it: `offsetof(STARTUPINFOW, cb)`, `sizeof(STARTUPINFOW)`. */
const EXPRESSIONS = Object.entries<object | boolean>({ ...serviceStructs, ...tcpStructs }).flatMap((
  [struct, fields],
) =>
  Object.entries(fields).map(([field, value]) => ({
    text: field === "size" ? `sizeof(${struct})` : `offsetof(${struct}, ${field})`,
    value,
  }))
);

Deno.test("the structures of the service and the doctor are as in Windows' headers", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using place = await enterPlace(PLACE, { temporary: folder });
    const asserted = EXPRESSIONS.map(({ text, value }) =>
      `_Static_assert(${text} == ${value}, "${text}");`
    );
    const source = ["#include <stddef.h>", ...HEADERS, ...asserted].join("\n");
    await Deno.writeTextFile(`${folder}/structs.c`, source);
    assertEquals(await place.run([COMPILER, "-fsyntax-only", "/tmp/structs.c"]), "");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
