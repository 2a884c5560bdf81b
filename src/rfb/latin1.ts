/** Text from ISO 8859-1 bytes, a character a byte. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = "";
  // String.fromCharCode takes its characters as arguments, whose number is limited.
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return text;
}

/** ISO 8859-1 bytes of a text; a character that Latin-1 lacks becomes `?`. */
export function encodeLatin1(text: string): Uint8Array<ArrayBuffer> {
  const codePoints = Array.from(text, (character) => character.codePointAt(0)!);
  return Uint8Array.from(codePoints, (code) => code <= 0xff ? code : 0x3f);
}
