import type { Meddling, Side } from "./middleman.ts";

/** Bytes of a TLS record before its content; the last two say how long that is. */
const HEADER = 5;

/**
 * Changes one byte, by its lowest bit, in a record of the TLS that begins somewhere on a line.
 * @param from Whose record it is.
 * @param start How many bytes that side sends before TLS.
 * @param record Its number among that side's records, from 0 on.
 * @param place Which byte of it, counting its header.
 */
export function changeRecord(from: Side, start: number, record: number, place: number): Meddling {
  let [number, begin, end] = [0, start, Infinity];
  let length = 0;
  return (bytes, side, at) => {
    if (side !== from) return;
    for (let i = Math.max(0, start - at); i < bytes.length; i++) {
      if (at + i === end) [number, begin, end] = [number + 1, end, Infinity];
      const within = at + i - begin;
      if (within < HEADER) length = length << 8 & 0xffff | bytes[i]!;
      if (within === HEADER - 1) end = begin + HEADER + length;
      if (number === record && within === place) bytes[i]! ^= 1;
    }
  };
}
