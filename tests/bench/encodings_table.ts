// deno-lint-ignore-file no-console -- a program for the terminal
//
// Prints the README's table of encodings: what a megapixel of four kinds of content costs in each,
// and which viewers the tests decode it with.
//
//     deno run -P=test tests/bench/encodings_table.ts

import type { Encoder, EncodeSettings } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { openJpegCodec } from "../../src/encodings/jpeg/open.ts";
import { createEncoders } from "../../src/encodings/table.ts";
import { ZlibStreams } from "../../src/encodings/zlib_stream.ts";
import type { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { busyDesktop, photo, text, userInterface } from "../support/pictures.ts";

const WIDTH = 1920;
const HEIGHT = 1080;
const MEGAPIXELS = WIDTH * HEIGHT / 1e6;
const RUNS = 7;
const RECT_HEADER_BYTES = 12;

/** What is encoded at once when a large area is sent (src/viewer/frame_update.ts). */
const BLOCK = { width: 512, height: 256 };

const CONTENTS: Readonly<Record<string, Framebuffer>> = {
  "Text": text(WIDTH, HEIGHT),
  "User interface": userInterface(WIDTH, HEIGHT),
  "Photo": photo(WIDTH, HEIGHT),
  "With a video": busyDesktop(WIDTH, HEIGHT),
};

const [libvncclient, tigervnc, gtkvnc, novnc] = ["libvncclient", "TigerVNC", "gtk-vnc", "noVNC"];
const ALL = [libvncclient, tigervnc, gtkvnc, novnc];

/** A row of the table: an encoding in one way, and the viewers in tests/ that decode it. */
interface Row {
  readonly name: string;
  readonly encoding: number;
  readonly settings: EncodeSettings;
  readonly viewers: readonly (string | undefined)[];
}

const ROWS: readonly Row[] = [
  { name: "Raw", encoding: ENCODING.Raw, settings: {}, viewers: ALL },
  { name: "RRE", encoding: ENCODING.RRE, settings: {}, viewers: [libvncclient, novnc] },
  { name: "CoRRE", encoding: ENCODING.CoRRE, settings: {}, viewers: [libvncclient] },
  {
    name: "Hextile",
    encoding: ENCODING.Hextile,
    settings: {},
    viewers: [libvncclient, tigervnc, novnc],
  },
  { name: "Zlib", encoding: ENCODING.Zlib, settings: {}, viewers: [libvncclient, novnc] },
  { name: "TRLE", encoding: ENCODING.TRLE, settings: {}, viewers: [libvncclient] },
  { name: "ZRLE", encoding: ENCODING.ZRLE, settings: {}, viewers: ALL },
];

/** The picture in blocks, as a viewer would get it; returns the bytes on the wire. */
function encodeAll(encoder: Encoder, frame: Framebuffer, settings: EncodeSettings): number {
  const streams = new ZlibStreams();
  let bytes = 0;
  for (const block of blocks()) {
    for (const encoded of encoder.encode(frame, block, NATIVE_FORMAT, settings)) {
      const chunks = streams.chunks(encoded);
      bytes += chunks.reduce((sum, chunk) => sum + chunk.length, RECT_HEADER_BYTES);
    }
  }
  return bytes;
}

function* blocks(): Generator<Rect> {
  for (let y = 0; y < HEIGHT; y += BLOCK.height) {
    for (let x = 0; x < WIDTH; x += BLOCK.width) {
      const [width, height] = [
        Math.min(BLOCK.width, WIDTH - x),
        Math.min(BLOCK.height, HEIGHT - y),
      ];
      yield { x, y, width, height };
    }
  }
}

/** Size and time of a megapixel, the time as the median of several runs. */
function measure(encoder: Encoder, frame: Framebuffer, settings: EncodeSettings): string {
  const bytes = encodeAll(encoder, frame, settings);
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    encodeAll(encoder, frame, settings);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const milliseconds = times[RUNS >> 1]! / MEGAPIXELS;
  return `${figure(bytes / 1000 / MEGAPIXELS)} kB, ${figure(milliseconds)} ms`;
}

/** Two digits where that is enough. */
function figure(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

const codec = await openJpegCodec();
const encoders = createEncoders(codec);
const columns = ["Encoding", "Viewers", ...Object.keys(CONTENTS)];
console.log(`\nA megapixel of 24-bit colour in each encoding; JPEG by ${codec.name}.\n`);
console.log(`| ${columns.join(" | ")} |\n|${columns.map(() => " --- |").join("")}`);
for (const { name, encoding, settings, viewers } of ROWS) {
  const encoder = encoders.get(encoding)!;
  const cells = Object.values(CONTENTS).map((frame) => measure(encoder, frame, settings));
  console.log(`| ${[name, viewers.join(", "), ...cells].join(" | ")} |`);
}
