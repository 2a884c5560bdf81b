/** Text as Windows wants it: UTF-16, ended by a NUL. */
export function wide(text: string): Uint16Array<ArrayBuffer> {
  return Uint16Array.from({ length: text.length + 1 }, (_, i) => text.charCodeAt(i) || 0);
}
