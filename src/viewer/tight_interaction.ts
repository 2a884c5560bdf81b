import { ENCODING, PSEUDO_ENCODING } from "../encodings/ids.ts";
import { interactionCapabilities } from "../rfb/tight_capabilities.ts";

const NUMBERS = { ...ENCODING, ...PSEUDO_ENCODING };

/** The capabilities, each with its vendor, that are registered for encodings which vncd has. */
const REGISTERED = {
  Raw: ["STDV", "RAW_____"],
  CopyRect: ["STDV", "COPYRECT"],
  RRE: ["STDV", "RRE_____"],
  CoRRE: ["STDV", "CORRE___"],
  Hextile: ["STDV", "HEXTILE_"],
  Zlib: ["TRDV", "ZLIB____"],
  Tight: ["TGHT", "TIGHT___"],
  JpegQualityLevel0: ["TGHT", "JPEGQLVL"],
  DesktopSize: ["TGHT", "NEWFBSIZ"],
  LastRect: ["TGHT", "LASTRECT"],
  PointerPos: ["TGHT", "POINTPOS"],
  Cursor: ["TGHT", "RCHCURSR"],
  XCursor: ["TGHT", "X11CURSR"],
  CompressionLevel0: ["TGHT", "COMPRLVL"],
  JpegFineGrainedQuality0: ["TRBO", "FINEQLVL"],
  JpegSubsampling1X: ["TRBO", "SSAMPLVL"],
} as const satisfies Partial<Record<keyof typeof NUMBERS, readonly [string, string]>>;

/** What vncd knows, as far as there are capabilities for it: what a ServerInit ends in after Tight. */
export const TIGHT_INTERACTION: Uint8Array = interactionCapabilities({
  serverMessages: [{ code: 150, vendor: "TGHT", signature: "CUS_EOCU" }],
  clientMessages: [{ code: 150, vendor: "TGHT", signature: "CUC_ENCU" }],
  encodings: Object.entries(REGISTERED).map(([name, [vendor, signature]]) => ({
    code: NUMBERS[name as keyof typeof REGISTERED],
    vendor,
    signature,
  })),
});
