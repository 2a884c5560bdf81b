import { decodeHtmlFormat, encodeHtmlFormat } from "../html_format.ts";

/** A clipboard's content, in one format or several that say the same. */
export interface ClipboardData {
  readonly text?: string;
  readonly rtf?: Uint8Array;
  readonly html?: string;
  readonly dib?: Uint8Array;
}

/** What the Extended Clipboard calls its formats. */
export type ClipboardFormat = keyof ClipboardData;

/** How a format stands in an Extended Clipboard message. */
interface Coding<Value> {
  /** In bytes, of what a viewer may send. */
  readonly maxLength: number;
  encode(value: Value): Uint8Array;
  /** @param bytes In memory that is not the caller's for long. */
  decode(bytes: Uint8Array): Value;
}

// A copy by the constructor, as the slice of a Buffer is none.
const asItIs = {
  encode: (bytes: Uint8Array) => bytes,
  decode: (bytes: Uint8Array) => new Uint8Array(bytes),
};

/** Every format that vncd passes on. */
export const CLIPBOARD_FORMATS: {
  readonly [Format in ClipboardFormat]-?: Coding<NonNullable<ClipboardData[Format]>>;
} = {
  text: { maxLength: 1 << 20, encode: encodeText, decode: decodeText },
  rtf: { maxLength: 4 << 20, ...asItIs },
  html: { maxLength: 4 << 20, encode: encodeHtmlFormat, decode: decodeHtmlFormat },
  dib: { maxLength: 16 << 20, ...asItIs },
};

/** UTF-8 with CRLF newlines and a NUL behind. */
function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text.replace(/\r\n|\n/g, "\r\n") + "\0");
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0$/, "").replaceAll("\r\n", "\n");
}
