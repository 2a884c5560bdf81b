/** The deflate level where the viewer names none. */
const DEFAULT_LEVEL = 4;
/** Higher ones gain a few percent for many times the time. */
const MAX_LEVEL = 6;

/** The deflate level, 0 to 9, for a viewer's compression level. */
export function zlibLevel(compressLevel = DEFAULT_LEVEL): number {
  return Math.min(compressLevel, MAX_LEVEL);
}
