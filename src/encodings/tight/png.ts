import { constants, crc32, deflateSync } from "node:zlib";
import { ByteWriter } from "../../rfb/byte_writer.ts";

/** What a PNG file shows: RGB of 8 bits each, or indices into a palette. */
export interface PngPicture {
  readonly width: number;
  readonly height: number;
  /** The bits of an index, or of each of red, green and blue. */
  readonly bitDepth: 1 | 2 | 4 | 8;
  /** RGB bytes of up to `2 ** bitDepth` colours; undefined: the picture itself is RGB. */
  readonly palette?: Uint8Array;
  /** Rows without gaps, each from a byte's start. */
  readonly rows: Uint8Array;
  /** Whether it's a photo: then each byte is told by its difference to those left and above. */
  readonly isPhoto: boolean;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const COLOUR_TYPE = { Truecolour: 2, Indexed: 3 } as const;

/** Filter types: the bytes themselves, or less the average of those to the left and above. */
const FILTER = { None: 0, Average: 3 } as const;

/** Bytes in a pixel of red, green and blue. */
const RGB_BYTES = 3;

/**
 * A PNG file.
 * @param level zlib's, 0 to 9.
 */
export function pngFile(picture: PngPicture, level: number): Uint8Array {
  const { width, height, bitDepth, palette, isPhoto } = picture;
  const colourType = palette === undefined ? COLOUR_TYPE.Truecolour : COLOUR_TYPE.Indexed;
  const header = new ByteWriter().u32(width).u32(height).u8(bitDepth).u8(colourType).padding(3);
  // What is left of a photo are small numbers that repeat nothing.
  const strategy = isPhoto ? constants.Z_HUFFMAN_ONLY : constants.Z_DEFAULT_STRATEGY;
  const file = new ByteWriter().bytes(SIGNATURE);
  writeChunk(file, "IHDR", header.finish());
  if (palette !== undefined) writeChunk(file, "PLTE", palette);
  writeChunk(file, "IDAT", deflateSync(filterRows(picture), { level, strategy }));
  writeChunk(file, "IEND", new Uint8Array());
  return file.finish();
}

function writeChunk(file: ByteWriter, type: string, data: Uint8Array): void {
  const name = new TextEncoder().encode(type);
  file.u32(data.length).bytes(name).bytes(data).u32(crc32(data, crc32(name)));
}

/** The rows, each behind the number of its filter. */
function filterRows({ height, rows, isPhoto }: PngPicture): Uint8Array {
  const rowBytes = rows.length / height;
  const out = new Uint8Array(rows.length + height);
  for (let y = 0; y < height; y++) {
    const from = y * rowBytes;
    const to = y * (rowBytes + 1);
    out[to] = isPhoto ? FILTER.Average : FILTER.None;
    if (isPhoto) averageRow(rows, from, rowBytes, out, to + 1);
    else out.set(rows.subarray(from, from + rowBytes), to + 1);
  }
  return out;
}

/** Filters one row of RGB bytes; what lies outside of the picture counts as 0. */
function averageRow(
  rows: Uint8Array,
  from: number,
  rowBytes: number,
  out: Uint8Array,
  to: number,
): void {
  for (let n = 0; n < rowBytes; n++) {
    const left = n < RGB_BYTES ? 0 : rows[from + n - RGB_BYTES]!;
    const above = from === 0 ? 0 : rows[from + n - rowBytes]!;
    out[to + n] = rows[from + n]! - (left + above >> 1);
  }
}
