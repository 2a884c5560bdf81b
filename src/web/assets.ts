import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Answer } from "./answer.ts";
import type { Authority } from "./authority.ts";

/** What a page may use of the browser; what is off for it is named, as all is on for a page by default. */
const PERMISSIONS = [
  ...["clipboard-read", "clipboard-write", "fullscreen"].map((on) => `${on}=(self)`),
  ...[
    ...["accelerometer", "autoplay", "camera", "display-capture", "encrypted-media"],
    ...["gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection"],
    ...["local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment"],
    ...["picture-in-picture", "publickey-credentials-create", "publickey-credentials-get"],
    ...["serial", "storage-access", "usb", "window-management", "xr-spatial-tracking"],
  ].map((off) => `${off}=()`),
].join(", ");

/** The headers that the page always has, besides its Content-Security-Policy. */
const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  // A newer vncd has a newer page; asking costs nothing, the page itself is sent once.
  "Cache-Control": "no-cache",
  "Vary": "Accept-Encoding",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": PERMISSIONS,
};

/** What of a request makes a difference for the page. */
export interface PageRequest {
  /** Whom it is for. */
  readonly host: Authority;
  /** The Accept-Encoding header; empty where there is none. */
  readonly acceptEncoding: string;
  /** The If-None-Match header; empty where there is none. */
  readonly ifNoneMatch: string;
}

/** The page for browsers, in the forms in which it is sent. */
export class Page {
  readonly #plain: Uint8Array;
  readonly #zipped: Uint8Array;
  readonly #version: string;
  /** What of the Content-Security-Policy is the same for everybody. */
  readonly #policy: readonly string[];

  private constructor(html: string, plain: Uint8Array, zipped: Uint8Array) {
    this.#plain = plain;
    this.#zipped = zipped;
    this.#version = createHash("sha256").update(plain).digest("base64url").slice(0, 22);
    this.#policy = [
      "default-src 'none'",
      `script-src ${hashesOf(html, "script")}`,
      `style-src ${hashesOf(html, "style")}`,
      // The cursor, JPEG rectangles and the page's icon come as such URLs.
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      // No text, such as the desktop's name, can become a part of the page that runs.
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ];
  }

  /** @param html One file; whatever it needs is in it. */
  static async of(html: string): Promise<Page> {
    const plain = new TextEncoder().encode(html);
    return new Page(html, plain, await promisify(gzip)(plain, { level: 9 }));
  }

  /** The page, or that the browser has it already. */
  answer({ host, acceptEncoding, ifNoneMatch }: PageRequest): Answer {
    const isZipped = acceptsGzip(acceptEncoding);
    const tag = `"${this.#version}${isZipped ? "-gzip" : ""}"`;
    const headers: Record<string, string> = {
      ...HEADERS,
      "Content-Security-Policy": [...this.#policy, connectSource(host)].join("; "),
      ETag: tag,
    };
    if (hasTag(ifNoneMatch, tag)) return { status: 304, headers, body: new Uint8Array() };
    if (isZipped) headers["Content-Encoding"] = "gzip";
    return { status: 200, headers, body: isZipped ? this.#zipped : this.#plain };
  }
}

/** The Content-Security-Policy's sources for what stands between such tags: nothing else may run. */
function hashesOf(html: string, element: "script" | "style"): string {
  const inline = new RegExp(`<${element}(?: [^>]*)?>([^]*?)</${element}>`, "g");
  const hashes = [...html.matchAll(inline)].map(([, text]) =>
    `'sha256-${createHash("sha256").update(text!).digest("base64")}'`
  );
  return hashes.length === 0 ? "'none'" : hashes.join(" ");
}

/** Older browsers don't take WebSockets for a part of 'self'; and no source can name an IPv6 address. */
function connectSource({ name, port }: Authority): string {
  if (name.includes(":")) return "connect-src 'self'";
  const host = port === undefined ? name : `${name}:${port}`;
  return `connect-src 'self' ws://${host} wss://${host}`;
}

/** Whether an Accept-Encoding header has gzip (RFC 9110 §12.5.3). */
function acceptsGzip(header: string): boolean {
  const codings = new Map(
    header.toLowerCase().split(",").map((item) => {
      const [coding = "", ...parameters] = item.split(";").map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith("q="));
      return [coding, weight === undefined ? 1 : Number(weight.slice(2))];
    }),
  );
  return (codings.get("gzip") ?? codings.get("*") ?? 0) > 0;
}

/** Whether an If-None-Match header names that version (RFC 9110 §13.1.2). */
function hasTag(header: string, tag: string): boolean {
  return header.trim() === "*" ||
    header.split(",").some((item) => item.trim().replace(/^W\//, "") === tag);
}
