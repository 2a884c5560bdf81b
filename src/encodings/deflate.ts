import { constants, deflateRawSync } from "node:zlib";

/** Measured on desktops: much smaller than 1 and 2, hardly slower; higher ones gain little. */
const DEFAULT_LEVEL = 3;

/** Less than this isn't worth a look at its content. */
const MIN_SAMPLED_BYTES = 256 * 1024;
const SAMPLES = 2;
/** Several rows of raw pixels, so that what repeats from row to row shows. */
const SAMPLE_BYTES = 32 * 1024;
/** How much larger the Huffman codes alone may make the result: they take half the time. */
const ACCEPTED_GROWTH = 1.1;

/**
 * Compresses bytes into a raw deflate run that refers to nothing before it, and ends at a byte
 * boundary without ending the stream, so that any such runs in any order make one valid stream.
 * @param level 0 (none) to 9 (small and slow); chosen by content when left out, and the strategy too.
 * @param strategy One of zlib's.
 */
export function deflateSegment(
  bytes: Uint8Array,
  level?: number,
  strategy: number = constants.Z_DEFAULT_STRATEGY,
): Uint8Array {
  if (level !== undefined) return deflate(bytes, level, strategy);
  return deflate(bytes, DEFAULT_LEVEL, strategyFor(bytes));
}

function deflate(bytes: Uint8Array, level: number, strategy: number): Uint8Array {
  return deflateRawSync(bytes, { level, strategy, finishFlush: constants.Z_SYNC_FLUSH });
}

/** Huffman codes alone for large photos and noise, where looking for repetitions is in vain. */
function strategyFor(bytes: Uint8Array): number {
  if (bytes.length < MIN_SAMPLED_BYTES) return constants.Z_DEFAULT_STRATEGY;
  const sample = new Uint8Array(SAMPLES * SAMPLE_BYTES);
  for (let n = 0; n < SAMPLES; n++) {
    const start = Math.floor(bytes.length * (n + 0.5) / SAMPLES);
    sample.set(bytes.subarray(start, start + SAMPLE_BYTES), n * SAMPLE_BYTES);
  }
  const full = deflate(sample, DEFAULT_LEVEL, constants.Z_DEFAULT_STRATEGY).length;
  const huffman = deflate(sample, DEFAULT_LEVEL, constants.Z_HUFFMAN_ONLY).length;
  return huffman <= full * ACCEPTED_GROWTH
    ? constants.Z_HUFFMAN_ONLY
    : constants.Z_DEFAULT_STRATEGY;
}
