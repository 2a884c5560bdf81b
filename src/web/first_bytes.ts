import { decodeLatin1, encodeLatin1 } from "../latin1.ts";

/** What a peer may speak. */
export type Speech = "rfb" | "http" | "tls" | "proxy";

/** HTTP's methods (RFC 9110 §9, RFC 5789), and the beginning of HTTP/2 (RFC 9113 §3.4). */
const METHODS = "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PRI";

/** How each begins but RFB, which is all the rest. */
const BEGINNINGS: readonly (readonly [Speech, Uint8Array])[] = [
  ...METHODS.split(" ").map((method) => ["http", encodeLatin1(`${method} `)] as const),
  // A record of the type handshake, of any version that there is (RFC 8446 §5.1).
  ["tls", Uint8Array.of(22, 3)],
  // Version 1 and 2 of what a proxy says of whom it connects for.
  ["proxy", encodeLatin1("PROXY ")],
  ["proxy", encodeLatin1("\r\n\r\n\0\r\nQUIT\n")],
];

/** Whether one begins with the other, as far as both go. */
function agree(a: Uint8Array, b: Uint8Array): boolean {
  return a.subarray(0, b.length).every((byte, i) => byte === b[i]);
}

/**
 * What a peer speaks, by the first bytes from it.
 * @returns Undefined while more of them are needed.
 */
export function speechOf(bytes: Uint8Array): Speech | undefined {
  const possible = BEGINNINGS.filter(([, beginning]) => agree(bytes, beginning));
  const sure = possible.find(([, beginning]) => beginning.length <= bytes.length);
  return sure?.[0] ?? (possible.length > 0 ? undefined : "rfb");
}

/**
 * Whether the beginning of a request is that of a browser which opens a page. Other pages' scripts can't
 * ask so, as they may not set that header.
 */
export function isPageRequest(bytes: Uint8Array): boolean {
  return /\r\nUpgrade-Insecure-Requests: 1\r\n/i.test(decodeLatin1(bytes));
}
