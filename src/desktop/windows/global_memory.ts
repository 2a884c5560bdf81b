import type { Libraries } from "./libraries.ts";

/** What the clipboard takes. */
const GMEM_MOVEABLE = 2;

/** Memory that Windows' programs hand to each other, with bytes in it; `null` where there is none left. */
export function allocate(
  { kernel32 }: Libraries,
  bytes: Uint8Array<ArrayBuffer>,
): Deno.PointerValue {
  const handle = kernel32.GlobalAlloc(GMEM_MOVEABLE, BigInt(bytes.length));
  const address = kernel32.GlobalLock(handle);
  if (address === null) {
    kernel32.GlobalFree(handle);
    return null;
  }
  kernel32.RtlMoveMemory(address, bytes, BigInt(bytes.length));
  kernel32.GlobalUnlock(handle);
  return handle;
}

/** How many bytes it holds; 0 for a handle that isn't one of such memory. */
export function sizeOf({ kernel32 }: Libraries, handle: Deno.PointerValue): number {
  return Number(kernel32.GlobalSize(handle));
}

/** A copy of its first bytes; `undefined` where they can't be had. */
export function readMemory(
  { kernel32 }: Libraries,
  handle: Deno.PointerValue,
  length: number,
): Uint8Array<ArrayBuffer> | undefined {
  const address = kernel32.GlobalLock(handle);
  if (address === null) return undefined;
  const bytes = new Uint8Array(length);
  Deno.UnsafePointerView.copyInto(address, bytes);
  kernel32.GlobalUnlock(handle);
  return bytes;
}
