/** The encodings' numbers, under the specification's names (RFC 6143 §7.7). */
export const ENCODING = {
  Raw: 0,
  CopyRect: 1,
  RRE: 2,
  CoRRE: 4,
  Hextile: 5,
  Zlib: 6,
  Tight: 7,
  TRLE: 15,
  ZRLE: 16,
  ZYWRLE: 17,
  JPEG: 21,
  TightPNG: -260,
} as const;

/**
 * The pseudo-encodings' numbers: what a viewer can do, rather than how pixels are sent. All are
 * signed 32-bit numbers, as SetEncodings and the rectangles have them.
 */
export const PSEUDO_ENCODING = {
  DesktopSize: -223,
  LastRect: -224,
  PointerPos: -232,
  Cursor: -239,
  XCursor: -240,
  /** Compression level 0; level 9 is {@linkcode PSEUDO_ENCODING.CompressionLevel9}. */
  CompressionLevel0: -256,
  CompressionLevel9: -247,
  /** JPEG quality level 0 (low) to 9 (high). */
  JpegQualityLevel0: -32,
  JpegQualityLevel9: -23,
  /** JPEG quality 0 to 100. */
  JpegFineGrainedQuality0: -512,
  JpegFineGrainedQuality100: -412,
  /** Chrominance subsampling; in between are 4X, 2X, grayscale and 8X. */
  JpegSubsampling1X: -768,
  JpegSubsampling16X: -763,
  TightWithoutZlib: -317,
  QEMUPointerMotionChange: -257,
  QEMUExtendedKeyEvent: -258,
  QEMULEDState: -261,
  /** UltraVNC has another extension under this number, which must not be taken for it. */
  DesktopName: -307,
  ExtendedDesktopSize: -308,
  xvp: -309,
  Fence: -312,
  ContinuousUpdates: -313,
  CursorWithAlpha: -314,
  ExtendedMouseButtons: -316,
  VMwareCursor: 0x574d5664,
  VMwareCursorPosition: 0x574d5666,
  VMwareLEDState: 0x574d5668,
  ExtendedClipboard: 0xc0a1e5ce | 0,
} as const;
