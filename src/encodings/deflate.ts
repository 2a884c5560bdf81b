import { constants, deflateRawSync } from "node:zlib";
import { workspace } from "./workspace.ts";

// The one place that knows who compresses: the kernel, or zlib. Each makes a raw deflate run that
// refers to nothing before it, and ends at a byte boundary without ending the stream, so that any such
// runs in any order make one valid stream. Levels go from 0 (none) to 9 (small and slow).

/** Up to this level the kernel is faster than zlib and as small; above it, zlib takes its time. */
const MAX_FAST_LEVEL = 6;

/** Up to so many bytes of rows the kernel is faster than zlib at a level, and about as small. */
const MAX_FAST_ROWS = [0, 1024, 16384, 16384, 1024, 1024, 1024];

/**
 * Compresses a picture's tiles, and whatever else.
 * @param level Fast when left out.
 */
export function compress(bytes: Uint8Array, level?: number): Uint8Array {
  if (level === 0 || level !== undefined && level > MAX_FAST_LEVEL) return zlib(bytes, level);
  return workspace().deflate(bytes);
}

/**
 * Compresses a picture's rows, in which much repeats what is above it: zlib, which looks farther than
 * the kernel, makes them a tenth smaller from level 4 on, but needs 12 us to begin.
 */
export function compressRows(bytes: Uint8Array, level: number): Uint8Array {
  if (bytes.length > (MAX_FAST_ROWS[level] ?? 0)) return zlib(bytes, level);
  return workspace().deflate(bytes);
}

/** Compresses what hardly repeats itself, such as photos: as well without looking for that. */
export function compressNoise(bytes: Uint8Array, level: number): Uint8Array {
  return level === 0 ? zlib(bytes, level) : workspace().deflate(bytes, true);
}

function zlib(bytes: Uint8Array, level: number): Uint8Array {
  return deflateRawSync(bytes, { level, finishFlush: constants.Z_SYNC_FLUSH });
}
