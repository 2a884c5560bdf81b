import type { Stream } from "./test_viewer.ts";

/** What a server answered a request by, as it came. */
export interface HttpAnswer {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The head of a request: a line with the method and the target, and the headers' lines. */
export function requestHead(line: string, ...headers: readonly string[]): string {
  return [line, ...headers, "", ""].join("\r\n");
}

/** One byte a character: nothing that is sent is hindered from being wrong. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * Takes an answer apart.
 * @param isHead Whether it was asked for without its body.
 * @returns Undefined while there isn't all of it.
 * @throws {Error} When it is no answer.
 */
function parseAnswer(bytes: Uint8Array<ArrayBuffer>, isHead: boolean): HttpAnswer | undefined {
  const text = new TextDecoder("latin1").decode(bytes);
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [line, ...lines] = text.slice(0, end).split("\r\n");
  const [, status] = /^HTTP\/1\.1 (\d{3}) \S/.exec(line!) ?? [];
  if (status === undefined) throw new Error(`no answer: ${line}`);
  const headers = new Map(lines.map((header) => {
    const [name, ...value] = header.split(": ");
    return [name!.toLowerCase(), value.join(": ")] as const;
  }));
  const body = bytes.slice(end + 4);
  const length = isHead ? 0 : Number(headers.get("content-length") ?? 0);
  return body.length < length ? undefined : { status: Number(status), headers, body };
}

/**
 * Reads an answer. Like a browser it doesn't wait for the server to close.
 * @throws {Error} When there is none.
 */
export async function readAnswer(
  connection: Pick<Stream, "read">,
  isHead = false,
): Promise<HttpAnswer> {
  let bytes = new Uint8Array(0);
  for (;;) {
    const answer = parseAnswer(bytes, isHead);
    if (answer !== undefined) return answer;
    const chunk = await connection.read();
    if (chunk === null) throw new Error(`closed behind ${bytes.length} bytes`);
    bytes = new Uint8Array([...bytes, ...chunk]);
  }
}

/** Sends a request, reads the answer, and closes. */
export async function answerTo(connection: Stream, request: string): Promise<HttpAnswer> {
  await connection.write(latin1Bytes(request));
  const answer = await readAnswer(connection, request.startsWith("HEAD "));
  connection.close();
  return answer;
}
