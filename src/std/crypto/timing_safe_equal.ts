// Stand-in for @std/crypto/timing-safe-equal, on node:crypto.

import { timingSafeEqual as nodeTimingSafeEqual } from "node:crypto";

/** Whether two byte arrays are equal, in a time that depends on their length only. */
export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && nodeTimingSafeEqual(a, b);
}
