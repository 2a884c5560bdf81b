// deno-lint-ignore-file no-console -- a program for the terminal
//
// Prints the README's table of encodings: what a megapixel of four kinds of content costs in each,
// and which viewers the tests decode it with.
//
//     deno run -P=test tests/bench/encodings_table.ts

import { cpuUsage } from "node:process";
import { cutIntoBlocks } from "../../src/encodings/blocks.ts";
import type { Encoder, EncodeSettings } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { openJpegCodec } from "../../src/encodings/jpeg/open.ts";
import { giveBack } from "../../src/encodings/lent_memory.ts";
import { createEncoders } from "../../src/encodings/table.ts";
import { ZlibStreams } from "../../src/encodings/zlib_streams.ts";
import type { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { busyDesktop, photo, text, userInterface } from "../support/pictures.ts";

const WIDTH = 1920;
const HEIGHT = 1080;
const MEGAPIXELS = WIDTH * HEIGHT / 1e6;
const RUNS = 7;
const RECT_HEADER_BYTES = 12;

const CONTENTS: Readonly<Record<string, Framebuffer>> = {
  "Text": text(WIDTH, HEIGHT),
  "User interface": userInterface(WIDTH, HEIGHT),
  "Photo": photo(WIDTH, HEIGHT),
  "With a video": busyDesktop(WIDTH, HEIGHT),
};

const LIBVNCCLIENT = "libvncclient";
const TIGERVNC = "TigerVNC";
const NOVNC = "noVNC";
const ALL = [LIBVNCCLIENT, TIGERVNC, "gtk-vnc", NOVNC];

/** A row of the table: an encoding in one way, and the viewers in tests/ that decode it. */
interface Row {
  readonly name: string;
  readonly encoding: number;
  readonly settings?: EncodeSettings;
  readonly viewers: readonly string[];
}

/** A viewer's quality level 6. */
const QUALITY = 80;
const LOSSY = { quality: QUALITY, zywrleLevel: 1, exactEncoding: ENCODING.ZRLE } as const;

const ROWS: readonly Row[] = [
  { name: "Raw", encoding: ENCODING.Raw, viewers: [LIBVNCCLIENT, TIGERVNC, NOVNC] },
  { name: "RRE", encoding: ENCODING.RRE, viewers: [LIBVNCCLIENT, NOVNC] },
  { name: "CoRRE", encoding: ENCODING.CoRRE, viewers: [LIBVNCCLIENT] },
  { name: "Hextile", encoding: ENCODING.Hextile, viewers: [LIBVNCCLIENT, TIGERVNC, NOVNC] },
  { name: "Zlib", encoding: ENCODING.Zlib, viewers: [LIBVNCCLIENT, NOVNC] },
  { name: "TRLE", encoding: ENCODING.TRLE, viewers: [LIBVNCCLIENT] },
  { name: "ZRLE", encoding: ENCODING.ZRLE, viewers: ALL },
  { name: "Tight", encoding: ENCODING.Tight, viewers: ALL },
  { name: "TightPNG", encoding: ENCODING.TightPNG, viewers: [NOVNC] },
  { name: "Tight, lossy", encoding: ENCODING.Tight, settings: LOSSY, viewers: ALL },
  { name: "TightPNG, lossy", encoding: ENCODING.TightPNG, settings: LOSSY, viewers: [NOVNC] },
  { name: "JPEG, lossy", encoding: ENCODING.JPEG, settings: LOSSY, viewers: [NOVNC] },
  { name: "ZYWRLE, lossy", encoding: ENCODING.ZYWRLE, settings: LOSSY, viewers: [LIBVNCCLIENT] },
];

/** The picture in blocks, as a viewer would get it; returns the bytes on the wire. */
function encodeAll(encoder: Encoder, frame: Framebuffer, settings: EncodeSettings): number {
  const streams = new ZlibStreams();
  let bytes = 0;
  for (const block of cutIntoBlocks(frame.bounds)) {
    for (const encoded of encoder.encode(frame, block, NATIVE_FORMAT, settings)) {
      const chunks = streams.chunks(encoded);
      bytes += chunks.reduce((sum, chunk) => sum + chunk.length, RECT_HEADER_BYTES);
      // As when it has been sent.
      for (const chunk of chunks) giveBack(chunk);
    }
  }
  return bytes;
}

/** Size and CPU time of a megapixel, the time as the median of several runs. */
function measure(encoder: Encoder, frame: Framebuffer, settings: EncodeSettings): string {
  // Before it is timed, so that the compiler has seen it.
  const bytes = encodeAll(encoder, frame, settings);
  const times = Array.from({ length: RUNS }, () => {
    const start = cpuUsage();
    encodeAll(encoder, frame, settings);
    const { user, system } = cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  const milliseconds = times[RUNS >> 1]! / MEGAPIXELS;
  return `${figure(bytes / 1000 / MEGAPIXELS)} kB, ${figure(milliseconds)} ms`;
}

/** Two digits, and more where they are before the point. */
function figure(value: number): string {
  return value < 9.95 ? value.toFixed(1) : value.toFixed(0);
}

const codec = await openJpegCodec();
const encoders = createEncoders(codec);
const columns = ["Encoding", "Viewers", ...Object.keys(CONTENTS)];
console.log(
  `\nA megapixel of 24-bit colour in each encoding; "lossy" at JPEG quality ${QUALITY}, by ${codec.name}.\n`,
);
console.log(`| ${columns.join(" | ")} |\n|${columns.map(() => " --- |").join("")}`);
for (const { name, encoding, settings = {}, viewers } of ROWS) {
  const encoder = encoders.get(encoding)!;
  const cells = Object.values(CONTENTS).map((frame) => measure(encoder, frame, settings));
  console.log(`| ${[name, viewers === ALL ? "all" : viewers.join(", "), ...cells].join(" | ")} |`);
}
