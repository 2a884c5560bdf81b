import type { CursorEncoding } from "../encodings/cursor/cursor_encoding.ts";
import { bestCursorEncoding } from "../encodings/cursor/table.ts";
import type { EncodeSettings, Subsampling } from "../encodings/encoding.ts";
import { ENCODING, PSEUDO_ENCODING } from "../encodings/ids.ts";
import { PIXEL_ENCODINGS } from "../encodings/table.ts";

/** What a viewer's SetEncodings message comes to. */
export interface Wishes {
  /** For its pixels: the first encoding of its list that vncd has. */
  readonly encoding: number;
  readonly settings: EncodeSettings;
  /** The extensions that it understands, by the specification's names. */
  readonly copyRect: boolean;
  /** How it gets the pointer's picture, if it draws it itself. */
  readonly cursor: CursorEncoding | undefined;
  readonly pointerPos: boolean;
  readonly vmwareCursorPosition: boolean;
  readonly desktopSize: boolean;
  readonly extendedDesktopSize: boolean;
  readonly desktopName: boolean;
  readonly lastRect: boolean;
  readonly fence: boolean;
  readonly continuousUpdates: boolean;
  readonly qemuLEDState: boolean;
  readonly vmwareLEDState: boolean;
  readonly qemuExtendedKeyEvent: boolean;
  readonly qemuPointerMotionChange: boolean;
  readonly extendedMouseButtons: boolean;
  readonly extendedClipboard: boolean;
  readonly xvp: boolean;
}

/** The JPEG qualities that the ten quality levels stand for; the specification leaves that open. */
const QUALITY_OF_LEVEL = [15, 25, 35, 45, 60, 75, 80, 86, 92, 100] as const;

/**
 * The levels of ZYWRLE's transform that viewers take the ten quality levels for. For 9, and for none
 * at all, one takes it that there is a transform and another that there isn't.
 */
const ZYWRLE_LEVEL_OF_LEVEL = [3, 3, 3, 2, 2, 2, 1, 1, 1, undefined] as const;

/** Chrominance subsampling, from -768 on. */
const SUBSAMPLINGS: readonly Subsampling[] = ["1X", "4X", "2X", "gray", "8X", "16X"];

/** The others heed the compression level at most: viewers that differ in the rest can share those. */
const HEEDING_ALL: ReadonlySet<number> = new Set([
  ENCODING.Tight,
  ENCODING.TightPNG,
  ENCODING.JPEG,
  ENCODING.ZYWRLE,
]);

/**
 * Reads a list of encodings, most preferred first (RFC 6143 §7.5.2). Unknown numbers are ignored;
 * with none that is known, Raw is what every viewer understands.
 */
export function readWishes(encodings: readonly number[]): Wishes {
  const has = (id: number) => encodings.includes(id);
  const known = encodings.filter((id) => PIXEL_ENCODINGS.has(id));
  const [encoding = ENCODING.Raw] = known;
  const { compressLevel, ...others } = readSettings(encodings);
  const exactEncoding = encoding === ENCODING.JPEG
    ? known.find((id) => id !== ENCODING.JPEG)
    : undefined;
  return {
    encoding,
    settings: HEEDING_ALL.has(encoding)
      ? { compressLevel, ...others, exactEncoding }
      : { compressLevel },
    copyRect: has(ENCODING.CopyRect),
    cursor: bestCursorEncoding(encodings),
    pointerPos: has(PSEUDO_ENCODING.PointerPos),
    vmwareCursorPosition: has(PSEUDO_ENCODING.VMwareCursorPosition),
    desktopSize: has(PSEUDO_ENCODING.DesktopSize),
    extendedDesktopSize: has(PSEUDO_ENCODING.ExtendedDesktopSize),
    desktopName: has(PSEUDO_ENCODING.DesktopName) && !encodings.some(isUltraVNC),
    lastRect: has(PSEUDO_ENCODING.LastRect),
    fence: has(PSEUDO_ENCODING.Fence),
    // Without fences, and without requests, nothing would tell how much is on the line.
    continuousUpdates: has(PSEUDO_ENCODING.ContinuousUpdates) && has(PSEUDO_ENCODING.Fence),
    qemuLEDState: has(PSEUDO_ENCODING.QEMULEDState),
    vmwareLEDState: has(PSEUDO_ENCODING.VMwareLEDState),
    qemuExtendedKeyEvent: has(PSEUDO_ENCODING.QEMUExtendedKeyEvent),
    qemuPointerMotionChange: has(PSEUDO_ENCODING.QEMUPointerMotionChange),
    extendedMouseButtons: has(PSEUDO_ENCODING.ExtendedMouseButtons),
    extendedClipboard: has(PSEUDO_ENCODING.ExtendedClipboard),
    xvp: has(PSEUDO_ENCODING.xvp),
  };
}

/** Whether an encoding is UltraVNC's own; its viewers mean something else by DesktopName's number. */
function isUltraVNC(id: number): boolean {
  return id >= -0x8000 && id <= -0x7ff9;
}

/** What is said by the first number of each range. */
function readSettings(encodings: readonly number[]): EncodeSettings {
  /** How far above the range's start; undefined where none is in it. */
  const level = (first: number, last: number) => {
    const id = encodings.find((id) => id >= first && id <= last);
    return id === undefined ? undefined : id - first;
  };
  const {
    CompressionLevel0,
    CompressionLevel9,
    JpegQualityLevel0,
    JpegQualityLevel9,
    JpegFineGrainedQuality0,
    JpegFineGrainedQuality100,
    JpegSubsampling1X,
    JpegSubsampling16X,
  } = PSEUDO_ENCODING;
  const coarse = level(JpegQualityLevel0, JpegQualityLevel9);
  const fine = level(JpegFineGrainedQuality0, JpegFineGrainedQuality100);
  const subsampling = level(JpegSubsampling1X, JpegSubsampling16X);
  return {
    compressLevel: level(CompressionLevel0, CompressionLevel9),
    // JPEG knows no quality 0.
    quality: fine === undefined
      ? (coarse === undefined ? undefined : QUALITY_OF_LEVEL[coarse])
      : Math.max(1, fine),
    subsampling: subsampling === undefined ? undefined : SUBSAMPLINGS[subsampling],
    zywrleLevel: coarse === undefined ? undefined : ZYWRLE_LEVEL_OF_LEVEL[coarse],
    // noVNC before version 1.5; it is noVNC that knows TightPNG.
    withoutGradient: encodings.includes(ENCODING.TightPNG),
    withoutZlib: encodings.includes(PSEUDO_ENCODING.TightWithoutZlib),
  };
}
