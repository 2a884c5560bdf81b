import { Buffer } from "node:buffer";

/** What a request is answered with. */
export interface Answer {
  readonly status: keyof typeof REASONS;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const REASONS = {
  200: "OK",
  304: "Not Modified",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  421: "Misdirected Request",
  426: "Upgrade Required",
  431: "Request Header Fields Too Large",
  505: "HTTP Version Not Supported",
};

/** An answer that says why there is nothing to see, in a line of text. */
export function refusal(
  status: Answer["status"],
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: {
      ...headers,
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options": "nosniff",
    },
    body: new TextEncoder().encode(`${reason}\n`),
  };
}

/**
 * The bytes of an answer. It is the connection's last: one request a connection needs no thought about
 * where the next one begins, and the page is one request.
 * @param isHead Whether only the head is wanted.
 */
export function encodeAnswer({ status, headers, body }: Answer, isHead: boolean): Uint8Array {
  const lines = Object.entries({
    ...headers,
    Date: new Date().toUTCString(),
    Connection: "close",
    // What has no body must not have its length either.
    ...status === 304 ? {} : { "Content-Length": String(body.length) },
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${status} ${REASONS[status]}\r\n${lines.join("")}\r\n`);
  return isHead ? head : Buffer.concat([head, body]);
}
