/*
 * HTML as Windows' programs put it on the clipboard ("HTML Format"): a header in ASCII that says at
 * which bytes of the whole the document and the part that was copied begin and end.
 */

const START = "<!--StartFragment-->";
const END = "<!--EndFragment-->";

/** Digits of an offset: always so many, so that the header's length doesn't depend on them. */
const DIGITS = 10;

/**
 * Puts the header before HTML. The part that was copied is what stands between the comments
 * `<!--StartFragment-->` and `<!--EndFragment-->`; where they are missing, the body or all of it is.
 * @returns UTF-8, without a NUL behind.
 */
export function encodeHtmlFormat(html: string): Uint8Array<ArrayBuffer> {
  const document = withFragment(html);
  const lengthOf = (text: string) => new TextEncoder().encode(text).length;
  const size = lengthOf(headerOf(0, 0, 0, 0));
  const start = document.indexOf(START) + START.length;
  const end = document.lastIndexOf(END);
  const header = headerOf(
    ...[size, size + lengthOf(document)] as const,
    ...[
      size + lengthOf(document.slice(0, start)),
      size + lengthOf(document.slice(0, end)),
    ] as const,
  );
  return new TextEncoder().encode(header + document);
}

function headerOf(startHtml: number, endHtml: number, start: number, end: number): string {
  const digits = (offset: number) => String(offset).padStart(DIGITS, "0");
  return [
    "Version:0.9",
    `StartHTML:${digits(startHtml)}`,
    `EndHTML:${digits(endHtml)}`,
    `StartFragment:${digits(start)}`,
    `EndFragment:${digits(end)}`,
    "",
  ].join("\r\n");
}

/** The same document with both comments in it. */
function withFragment(html: string): string {
  const start = html.indexOf(START);
  if (start >= 0 && html.lastIndexOf(END) >= start + START.length) return html;
  const plain = html.replaceAll(START, "").replaceAll(END, "");
  const body = /<body(?:\s[^>]*)?>/i.exec(plain);
  if (body === null) return `<html><body>${START}${plain}${END}</body></html>`;
  const begin = body.index + body[0].length;
  const close = plain.toLowerCase().lastIndexOf("</body");
  const end = close < begin ? plain.length : close;
  return plain.slice(0, begin) + START + plain.slice(begin, end) + END + plain.slice(end);
}

/** How far into the bytes a header is looked for: it may tell the address that the HTML is from. */
const LONGEST_HEADER = 4096;

/**
 * The HTML behind the header, with the comments around the part that was copied if it had them. What has
 * no header, or one whose offsets are wrong, is taken as it is.
 */
export function decodeHtmlFormat(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  const content = nul < 0 ? bytes : bytes.subarray(0, nul);
  const header = new TextDecoder("latin1").decode(content.subarray(0, LONGEST_HEADER));
  const isHeaded = header.startsWith("Version:");
  const offset = (name: string) => Number(header.match(new RegExp(`^${name}:(\\d+)`, "m"))?.[1]);
  const part = (name: string): Uint8Array | undefined => {
    const [start, end] = [offset(`Start${name}`), offset(`End${name}`)];
    return isHeaded && start <= end && end <= content.length
      ? content.subarray(start, end)
      : undefined;
  };
  // A document is optional: StartHTML may be -1.
  const html = part("HTML") ?? part("Fragment") ?? content;
  // A copy, as a decoder's input may not be memory that is shared.
  return new TextDecoder().decode(html.slice());
}
