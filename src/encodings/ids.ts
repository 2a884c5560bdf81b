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
} as const;
