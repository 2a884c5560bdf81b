import type { PixelFormat } from "../../frame/pixel_format.ts";

/** Bits of a pixel value that hold one colour. */
export interface Field {
  readonly shift: number;
  readonly bits: number;
}

/** A pixel value's three colours, the highest field first; green is in the middle. */
export type Fields = readonly [high: Field, middle: Field, low: Field];

const FIELDS_24: Fields = [{ shift: 16, bits: 8 }, { shift: 8, bits: 8 }, { shift: 0, bits: 8 }];
const FIELDS_16: Fields = [{ shift: 11, bits: 5 }, { shift: 5, bits: 6 }, { shift: 0, bits: 5 }];
const FIELDS_15: Fields = [{ shift: 10, bits: 5 }, { shift: 5, bits: 5 }, { shift: 0, bits: 5 }];

/**
 * Where a format has its colours, if viewers can undo the wavelet transform in it: they only look for
 * the colours in the places where PCs have them, whatever the format says.
 */
export function fieldsOf(format: PixelFormat): Fields | undefined {
  if (!format.trueColour || format.bigEndian) return undefined;
  const candidates = { 8: [], 16: [FIELDS_16, FIELDS_15], 32: [FIELDS_24] }[format.bitsPerPixel];
  return candidates.find(([high, middle, low]) =>
    isField(middle, format.greenMax, format.greenShift) && (
      // Which of the other two is red does not matter: the transform treats them alike.
      isField(high, format.redMax, format.redShift) &&
        isField(low, format.blueMax, format.blueShift) ||
      isField(high, format.blueMax, format.blueShift) &&
        isField(low, format.redMax, format.redShift)
    )
  );
}

function isField(field: Field, max: number, shift: number): boolean {
  return max === 2 ** field.bits - 1 && shift === field.shift;
}
