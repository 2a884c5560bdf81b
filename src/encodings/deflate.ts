import { constants, deflateRawSync } from "node:zlib";
import { sharedWorkspace } from "./kernels/workspace.ts";

/** Up to this level the kernel is faster than zlib and as small; above it, zlib takes its time. */
const MAX_FAST_LEVEL = 6;

/**
 * Compresses bytes into a raw deflate run that refers to nothing before it, and ends at a byte
 * boundary without ending the stream, so that any such runs in any order make one valid stream.
 * @param level 0 (none) to 9 (small and slow); fast when left out.
 */
export function compress(bytes: Uint8Array, level?: number): Uint8Array {
  if (level === 0 || level !== undefined && level > MAX_FAST_LEVEL) {
    return deflateSegment(bytes, level, constants.Z_DEFAULT_STRATEGY);
  }
  return sharedWorkspace().deflate(bytes);
}

/**
 * As {@linkcode compress} does it, but always by zlib.
 * @param strategy One of zlib's.
 */
export function deflateSegment(bytes: Uint8Array, level: number, strategy: number): Uint8Array {
  return deflateRawSync(bytes, { level, strategy, finishFlush: constants.Z_SYNC_FLUSH });
}
