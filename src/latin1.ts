import { Buffer } from "node:buffer";

/** Text from ISO 8859-1 bytes, a character a byte. */
export function decodeLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** ISO 8859-1 bytes of a text; a character that Latin-1 lacks becomes `?`. */
export function encodeLatin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes[length++] = code <= 0xff ? code : QUESTION_MARK;
    // A character beyond U+FFFF has two codes.
    if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(i + 1))) i++;
  }
  return bytes.subarray(0, length);
}

const QUESTION_MARK = 0x3f;

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
