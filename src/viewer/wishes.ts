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
  readonly cursor: boolean;
  readonly desktopSize: boolean;
  readonly lastRect: boolean;
  readonly fence: boolean;
  readonly continuousUpdates: boolean;
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

/**
 * Reads a list of encodings, most preferred first (RFC 6143 §7.5.2). Unknown numbers are ignored;
 * with none that is known, Raw is what every viewer understands.
 */
export function readWishes(encodings: readonly number[]): Wishes {
  const [encoding = ENCODING.Raw, ...others] = encodings.filter((id) => PIXEL_ENCODINGS.has(id));
  const exactEncoding = encoding === ENCODING.JPEG
    ? others.find((id) => id !== ENCODING.JPEG)
    : undefined;
  return {
    encoding,
    settings: { ...readSettings(encodings), exactEncoding },
    copyRect: encodings.includes(ENCODING.CopyRect),
    cursor: encodings.includes(PSEUDO_ENCODING.Cursor),
    desktopSize: encodings.includes(PSEUDO_ENCODING.DesktopSize),
    lastRect: encodings.includes(PSEUDO_ENCODING.LastRect),
    fence: encodings.includes(PSEUDO_ENCODING.Fence),
    continuousUpdates: encodings.includes(PSEUDO_ENCODING.ContinuousUpdates),
  };
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
    withoutZlib: encodings.includes(PSEUDO_ENCODING.TightWithoutZlib),
  };
}
