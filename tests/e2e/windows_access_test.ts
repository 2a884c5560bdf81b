// How access control lists of Windows are read, on any system.

import { assertEquals } from "@std/assert";
import { entriesOf } from "../../src/security/access/windows_access.ts";

/** An ACL of entries, each with a type, flags and a mask; all name the same SID. */
function acl(...entries: readonly (readonly [type: number, flags: number, mask: number])[]) {
  const [head, size] = [8, 20];
  const view = new DataView(new ArrayBuffer(head + size * entries.length));
  view.setUint16(4, entries.length, true);
  for (const [i, [type, flags, mask]] of entries.entries()) {
    const at = head + size * i;
    view.setUint8(at, type);
    view.setUint8(at + 1, flags);
    view.setUint16(at + 2, size, true);
    view.setUint32(at + 4, mask, true);
  }
  return view;
}

function read(view: DataView<ArrayBuffer>) {
  const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(view));
  return entriesOf(BigInt(address), () => "Bob")?.map(({ sid, mask }) => `${sid} ${mask}`);
}

Deno.test("entries that allow something count, those that deny or are for what is made later don't", () => {
  const [allow, deny, denyOnCondition, denyObject] = [0, 1, 10, 6];
  const [inheritOnly, inherited] = [8, 16];
  assertEquals(
    read(acl(
      ...[[allow, 0, 1], [deny, 0, 2], [allow, inheritOnly, 4]] as const,
      ...[[allow, inherited, 8], [denyOnCondition, 0, 16], [denyObject, 0, 32]] as const,
    )),
    ["Bob 1", "Bob 8"],
  );
  assertEquals(read(acl()), []);
});

Deno.test("an entry with a condition counts as if that were met, one of another kind for somebody", () => {
  const [onCondition, forObject, forObjectOnCondition, unknown] = [9, 5, 11, 77];
  assertEquals(
    read(
      acl([onCondition, 0, 1], [forObject, 0, 2], [forObjectOnCondition, 0, 4], [unknown, 0, 8]),
    ),
    ["Bob 1", "somebody 2", "somebody 4", "somebody 8"],
  );
});

Deno.test("without a list everybody may do everything", () => {
  assertEquals(entriesOf(0n), undefined);
});
