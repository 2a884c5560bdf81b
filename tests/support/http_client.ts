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

/** Reads all until the server closes, or breaks the connection. */
export async function readAll(connection: Pick<Stream, "read">): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    const chunk = await connection.read().catch(() => null);
    if (chunk === null) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    chunks.push(chunk.slice());
  }
}

/**
 * Takes an answer apart.
 * @throws {Error} When it has no head.
 */
export function parseAnswer(bytes: Uint8Array<ArrayBuffer>): HttpAnswer {
  const text = new TextDecoder("latin1").decode(bytes);
  const end = text.indexOf("\r\n\r\n");
  const [line, ...headers] = text.slice(0, end).split("\r\n");
  const [, status] = /^HTTP\/1\.1 (\d{3}) \S/.exec(line!) ?? [];
  if (end < 0 || status === undefined) throw new Error(`no answer: ${text.slice(0, 100)}`);
  const pairs = headers.map((header) => {
    const [name, ...value] = header.split(": ");
    return [name!.toLowerCase(), value.join(": ")] as const;
  });
  return { status: Number(status), headers: new Map(pairs), body: bytes.slice(end + 4) };
}

/** Sends a request, and waits until the server has closed. */
export async function answerTo(connection: Stream, request: string): Promise<HttpAnswer> {
  await connection.write(latin1Bytes(request));
  const answer = parseAnswer(await readAll(connection));
  connection.close();
  return answer;
}
