/** Encodings and pseudo-encodings by their numbers in the RFB protocol. */
const ENCODING = {
  Raw: 0,
  CopyRect: 1,
  RRE: 2,
  Hextile: 5,
  Zlib: 6,
  Tight: 7,
  ZRLE: 16,
  JPEG: 21,
  "H.264": 50,
  TightPNG: -260,
} as const;

const PSEUDO_ENCODING = {
  JpegQualityLevel0: -32,
  CompressionLevel0: -256,
  DesktopSize: -223,
  LastRect: -224,
  Cursor: -239,
  QemuExtendedKeyEvent: -258,
  QemuLedState: -261,
  DesktopName: -307,
  ExtendedDesktopSize: -308,
  Fence: -312,
  ContinuousUpdates: -313,
  ExtendedMouseButtons: -316,
  VmwareCursor: 0x574d5664,
  ExtendedClipboard: 0xc0a1e5ce,
} as const;

/** The quality at which every pixel is exact. */
export const EXACT = 10;

/** noVNC's own: what little more level 6 saves costs the server twice the time. */
const COMPRESSION_LEVEL = 2;

/**
 * What the page asks a server for, the best first.
 * @param quality 0 to 9 for JPEG, or {@linkcode EXACT}.
 */
export function wantedEncodings(quality: number): number[] {
  const { Raw, CopyRect, RRE, Hextile, Zlib, Tight, ZRLE, JPEG } = ENCODING;
  const isExact = quality >= EXACT;
  return [
    CopyRect,
    Tight,
    ZRLE,
    ...(isExact ? [] : [JPEG]),
    Hextile,
    Zlib,
    RRE,
    Raw,
    // Without any quality level the server must not use JPEG, inside of Tight neither.
    ...(isExact ? [] : [PSEUDO_ENCODING.JpegQualityLevel0 + quality]),
    PSEUDO_ENCODING.CompressionLevel0 + COMPRESSION_LEVEL,
    PSEUDO_ENCODING.DesktopSize,
    PSEUDO_ENCODING.LastRect,
    PSEUDO_ENCODING.QemuExtendedKeyEvent,
    PSEUDO_ENCODING.QemuLedState,
    PSEUDO_ENCODING.ExtendedDesktopSize,
    PSEUDO_ENCODING.Fence,
    PSEUDO_ENCODING.ContinuousUpdates,
    PSEUDO_ENCODING.DesktopName,
    PSEUDO_ENCODING.ExtendedClipboard,
    PSEUDO_ENCODING.ExtendedMouseButtons,
    PSEUDO_ENCODING.VmwareCursor,
    PSEUDO_ENCODING.Cursor,
  ];
}

/** The name by which people know an encoding. */
export function encodingName(encoding: number): string {
  const found = Object.entries(ENCODING).find(([, number]) => number === encoding);
  return found?.[0] ?? `encoding ${encoding}`;
}
