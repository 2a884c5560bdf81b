// Files for their owner alone, by Windows' own functions.

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  letsOthersReadOrChange,
  makePrivateFile,
  othersCanReadOrChange,
  ownSid,
  SYSTEM,
} from "../../../src/security/access/windows_access.ts";
import { createPrivately, openToOthers } from "../../../src/security/secret_file.ts";

const FILE_READ_DATA = 0x1;
const FILE_WRITE_DATA = 0x2;
const FILE_READ_ATTRIBUTES = 0x80;
const ANNA = "S-1-5-21-1-2-3-1001";
const OTHER = "S-1-5-21-1-2-3-1002";

Deno.test("a file is open to others who can read it, write it, or own it", () => {
  const isOpen = (owner: string, sid: string, mask: number) =>
    letsOthersReadOrChange({ owner, entries: [{ sid, mask }] }, ANNA);
  assertEquals(isOpen(ANNA, ANNA, FILE_READ_DATA | FILE_WRITE_DATA), false);
  assertEquals(isOpen(SYSTEM, OTHER, FILE_READ_ATTRIBUTES), false);
  assertEquals(isOpen(SYSTEM, OTHER, FILE_READ_DATA), true);
  assertEquals(isOpen(SYSTEM, OTHER, FILE_WRITE_DATA), true);
  assertEquals(isOpen(OTHER, ANNA, FILE_READ_DATA), true);
});

Deno.test("a file is for its owner alone from the start", () => {
  assert(makePrivateFile("C:\\secret"));
  assertEquals(othersCanReadOrChange("C:\\secret"), false);
  assertEquals(makePrivateFile("C:\\secret"), false);
  using file = createPrivately("C:\\another");
  assertEquals(file.writeSync(new Uint8Array(3)), 3);
  assertThrows(() => createPrivately("C:\\secret"), Deno.errors.AlreadyExists);
  assertThrows(() => createPrivately("C:\\nowhere\\secret"), Deno.errors.NotFound);
});

Deno.test("the advice for a file that is open to others is the same in each shell", () => {
  const advice = openToOthers("C:\\secret");
  assert(ownSid().startsWith("S-1-5-21-"), ownSid());
  assert(advice.includes(` /grant:r *${ownSid()}:F `), advice);
  assert(!advice.includes("%"), advice);
});
