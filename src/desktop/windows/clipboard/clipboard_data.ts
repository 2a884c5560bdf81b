import { Buffer } from "node:buffer";
import { decodeHtmlFormat, encodeHtmlFormat } from "../../../html_format.ts";
import type { ClipboardContent, ClipboardFormat } from "../../desktop.ts";
import { isDib } from "./dib.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** How a format lies in memory on Windows' clipboard. */
export interface Coding {
  /** In bytes; what is longer is left out. */
  readonly longest: number;
  /** `undefined` where the content isn't there in this format. */
  encode(content: ClipboardContent): Bytes | undefined;
  /** @param bytes All of the memory, which may be longer than what was put there. */
  decode(bytes: Bytes): ClipboardContent;
  /** Whether programs may be given it. */
  isSound(bytes: Bytes): boolean;
}

/** All that is passed on, what says most first: programs take the first that they know. */
export const CODINGS: Readonly<Record<ClipboardFormat, Coding>> = {
  rtf: {
    longest: 4 << 20,
    encode: ({ rtf }) => rtf && withNul(rtf),
    decode: (bytes) => ({ rtf: withoutNuls(bytes) }),
    isSound: () => true,
  },
  html: {
    longest: 4 << 20,
    encode: ({ html }) => html === undefined ? undefined : withNul(encodeHtmlFormat(html)),
    decode: (bytes) => ({ html: decodeHtmlFormat(bytes) }),
    isSound: () => true,
  },
  dib: {
    longest: 16 << 20,
    encode: ({ dib }) => dib && new Uint8Array(dib),
    decode: (dib) => ({ dib }),
    isSound: isDib,
  },
  text: {
    longest: 2 << 20,
    encode: ({ text }) => text === undefined ? undefined : encodeText(text),
    decode: (bytes) => ({ text: decodeText(bytes) }),
    isSound: () => true,
  },
};

/** UTF-16 with CRLF newlines and a NUL behind. */
function encodeText(text: string): Bytes {
  return new Uint8Array(Buffer.from(text.replace(/\r\n|\n/g, "\r\n") + "\0", "utf16le"));
}

/** The text up to the NUL. */
function decodeText(bytes: Bytes): string {
  const units = new Uint16Array(bytes.buffer, 0, bytes.length >> 1);
  const nul = units.indexOf(0);
  const text = nul < 0 ? units : units.subarray(0, nul);
  return new TextDecoder("utf-16le", { ignoreBOM: true }).decode(text).replaceAll("\r\n", "\n");
}

function withNul(bytes: Uint8Array): Bytes {
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  return ended;
}

/** RTF may hold NULs, as binary data; those behind it are padding. */
function withoutNuls(bytes: Bytes): Bytes {
  return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
}
