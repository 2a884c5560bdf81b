// Who may do what with files, by Windows' own functions and access control lists made by hand.

import { assert, assertEquals } from "@std/assert";
import { CHANGING } from "../../../src/security/access/access_symbols.ts";
import {
  ADMINISTRATORS_ALONE,
  entriesOf,
  makeAdministratorsFolder,
  othersHave,
  SYSTEM,
} from "../../../src/security/access/windows_access.ts";

const FILE_ALL_ACCESS = 0x1f01ff;
const INHERIT_ONLY = 0x8;
/** The SIDs S-1-1-0, everyone, and S-1-5-18, SYSTEM. */
const EVERYONE = [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
const SYSTEM_SID = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];

/** An access control list with one entry. */
function acl(type: number, flags: number, sid: number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(28);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 2);
  view.setUint16(2, bytes.length, true);
  view.setUint16(4, 1, true);
  view.setUint8(8, type);
  view.setUint8(9, flags);
  view.setUint16(10, bytes.length - 8, true);
  view.setUint32(12, FILE_ALL_ACCESS, true);
  bytes.set(sid, 16);
  return bytes;
}

/** Whether others may change what has a list with that one entry. */
function letsOthersIn(type: number, flags: number, sid: number[]): boolean {
  const list = acl(type, flags, sid);
  const entries = entriesOf(BigInt(Deno.UnsafePointer.value(Deno.UnsafePointer.of(list))));
  return othersHave({ owner: SYSTEM, entries }, [], CHANGING);
}

Deno.test("an entry counts for whom it names, and where it isn't only for what is in a folder", () => {
  assertEquals(letsOthersIn(0, 0, EVERYONE), true);
  assertEquals(letsOthersIn(0, 0, SYSTEM_SID), false);
  assertEquals(letsOthersIn(0, INHERIT_ONLY, EVERYONE), false);
});

Deno.test("the service's folder is for SYSTEM and administrators alone, and inherits nothing", () => {
  assertEquals(
    ADMINISTRATORS_ALONE,
    "O:BAD:P(A;OICI;FA;;;S-1-5-18)(A;OICI;FA;;;S-1-5-32-544)",
  );
  assert(makeAdministratorsFolder("C:\\of administrators"));
});
