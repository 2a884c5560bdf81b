import { assertEquals } from "@std/assert";
import { allocate } from "../../../src/desktop/windows/global_memory.ts";
import type { Libraries } from "../../../src/desktop/windows/libraries.ts";

const GMEM_MOVEABLE = 2;

Deno.test("memory for other programs is movable, as the clipboard takes no other, and unlocked", () => {
  const calls: unknown[] = [];
  const [handle, address] = [1n, 2n].map((id) => Deno.UnsafePointer.create(id));
  const kernel32 = {
    GlobalAlloc(flags: number, size: bigint) {
      calls.push(["alloc", flags, size]);
      return handle;
    },
    GlobalLock(memory: Deno.PointerValue) {
      calls.push(["lock", memory]);
      return address;
    },
    RtlMoveMemory(to: Deno.PointerValue, bytes: Uint8Array, size: bigint) {
      calls.push(["move", to, [...bytes], size]);
    },
    GlobalUnlock(memory: Deno.PointerValue) {
      calls.push(["unlock", memory]);
    },
  };
  const libraries = { kernel32 } as unknown as Libraries;
  assertEquals(allocate(libraries, Uint8Array.of(7, 8, 9)), handle!);
  assertEquals(calls, [
    ["alloc", GMEM_MOVEABLE, 3n],
    ["lock", handle],
    ["move", address, [7, 8, 9], 3n],
    ["unlock", handle],
  ]);
});
