import { ENCODING, PSEUDO_ENCODING } from "../../encodings/ids.ts";

/** The quality at which every pixel is exact. */
export const EXACT = 10;

/** As noVNC has it. */
const COMPRESSION_LEVEL = 2;

/** In the upper half of a Tight rectangle's first byte. */
const TIGHT_JPEG = 9;

/** What noVNC understands besides pixels. */
const EXTENSIONS = [
  PSEUDO_ENCODING.DesktopSize,
  PSEUDO_ENCODING.LastRect,
  PSEUDO_ENCODING.QEMUExtendedKeyEvent,
  PSEUDO_ENCODING.QEMULEDState,
  PSEUDO_ENCODING.ExtendedDesktopSize,
  PSEUDO_ENCODING.Fence,
  PSEUDO_ENCODING.ContinuousUpdates,
  PSEUDO_ENCODING.DesktopName,
  PSEUDO_ENCODING.ExtendedClipboard,
  PSEUDO_ENCODING.ExtendedMouseButtons,
  PSEUDO_ENCODING.VMwareCursor,
  PSEUDO_ENCODING.Cursor,
];

/**
 * What the page asks vncd for, the best first.
 * @param quality 0 to 9 for JPEG, or {@linkcode EXACT}: without any, vncd uses no JPEG.
 */
export function wantedEncodings(quality: number): number[] {
  return [
    ENCODING.CopyRect,
    ENCODING.Tight,
    ENCODING.ZRLE,
    ENCODING.Raw,
    PSEUDO_ENCODING.CompressionLevel0 + COMPRESSION_LEVEL,
    ...(quality === EXACT ? [] : [PSEUDO_ENCODING.JpegQualityLevel0 + quality]),
    ...EXTENSIONS,
  ];
}

/**
 * The name by which people know how a rectangle came.
 * @param firstByte Of its contents, if there is any.
 */
export function encodingName(encoding: number, firstByte: number | undefined): string {
  if (encoding === ENCODING.Tight && firstByte !== undefined && firstByte >> 4 === TIGHT_JPEG) {
    return "JPEG";
  }
  const found = Object.entries(ENCODING).find(([, number]) => number === encoding);
  return found?.[0] ?? `encoding ${encoding}`;
}
