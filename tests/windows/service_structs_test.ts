// The structures of the service, the doctor, access and accounts, beside what the C compiler makes of Windows' own headers.

import { assertEquals } from "@std/assert";
import * as tcpStructs from "../../src/cli/doctor/tcp_table.ts";
import * as serviceStructs from "../../src/cli/service/service_structs.ts";
import * as accessSymbols from "../../src/security/access/access_symbols.ts";
import * as logonSymbols from "../../src/security/accounts/windows_symbols.ts";
import { enterPlace } from "../support/wine/namespace.ts";
import { COMPILER, PLACE } from "../support/wine/place.ts";

const HEADERS = ["winsock2.h", "windows.h", "iphlpapi.h", "aclapi.h", "sddl.h"].map((header) =>
  `#include <${header}>`
);

/** What isn't Windows' own: rights and kinds put together, and sizes with what lies behind. */
const OURS = ["CHANGING", "REPLACING", "READING", "DENYING_ACE_TYPES", "TOKEN_USER_SIZE"];

/** Each number as C writes it: `offsetof(STARTUPINFOW, cb)`, `sizeof(STARTUPINFOW)`, `TokenUser`. */
const EXPRESSIONS = [
  ...[serviceStructs, tcpStructs, accessSymbols, logonSymbols].flatMap((module) =>
    Object.entries<object | number | boolean>(module)
      .filter(([name]) => !OURS.includes(name)).flatMap(claimsOf)
  ),
  ...[accessSymbols.TOKEN_USER_SIZE, logonSymbols.TOKEN_USER_SIZE].map((value) => ({
    text: "sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE",
    value,
  })),
];

function claimsOf([name, value]: [string, object | number | boolean]) {
  if (typeof value === "number") return [{ text: `(unsigned) ${name}`, value }];
  // The functions have no offsets.
  return Object.entries(value).filter(([, value]) => typeof value === "number").map((
    [field, value],
  ) => ({
    text: field === "size" ? `sizeof(${name})` : `offsetof(${name}, ${field})`,
    value,
  }));
}

Deno.test("the structures of the service, the doctor, access and accounts are as in Windows' headers", async () => {
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
