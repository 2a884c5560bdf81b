import type { EncodeSettings } from "../encodings/encoding.ts";
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
}

/**
 * Reads a list of encodings, most preferred first (RFC 6143 §7.5.2). Unknown numbers are ignored;
 * with none that is known, Raw is what every viewer understands.
 */
export function readWishes(encodings: readonly number[]): Wishes {
  const level = encodings.find((id) =>
    id >= PSEUDO_ENCODING.CompressionLevel0 && id <= PSEUDO_ENCODING.CompressionLevel9
  );
  return {
    encoding: encodings.find((id) => PIXEL_ENCODINGS.has(id)) ?? ENCODING.Raw,
    settings: level === undefined
      ? {}
      : { compressLevel: level - PSEUDO_ENCODING.CompressionLevel0 },
    copyRect: encodings.includes(ENCODING.CopyRect),
    cursor: encodings.includes(PSEUDO_ENCODING.Cursor),
    desktopSize: encodings.includes(PSEUDO_ENCODING.DesktopSize),
    lastRect: encodings.includes(PSEUDO_ENCODING.LastRect),
  };
}
