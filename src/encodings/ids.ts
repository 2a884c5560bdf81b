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

/** The pseudo-encodings' numbers: what a viewer can do, rather than how pixels are sent. */
export const PSEUDO_ENCODING = {
  Cursor: -239,
  DesktopSize: -223,
  LastRect: -224,
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
  Fence: -312,
  ContinuousUpdates: -313,
} as const;
