import type { IncomingMessage } from "node:http";

/** What of node:http's requests is looked at. */
export type RawRequest = Pick<IncomingMessage, "method" | "url" | "httpVersion" | "rawHeaders">;

/** The head of a request. */
export class RequestHead {
  /** GET, say. */
  readonly method: string;
  /** What is asked for: a path, and maybe a query. */
  readonly target: string;
  /** Of HTTP: `1.1`. */
  readonly version: string;
  /** Whether the client wants to go on in another protocol. */
  readonly isUpgrade: boolean;
  readonly #headers = new Map<string, string[]>();

  /** @param isUpgrade Whether the client wants to go on in another protocol. */
  constructor({ method, url, httpVersion, rawHeaders }: RawRequest, isUpgrade: boolean) {
    this.method = method!;
    this.target = url!;
    this.version = httpVersion;
    this.isUpgrade = isUpgrade;
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name = rawHeaders[i]!.toLowerCase();
      const lines = this.#headers.get(name);
      if (lines === undefined) this.#headers.set(name, [rawHeaders[i + 1]!]);
      else lines.push(rawHeaders[i + 1]!);
    }
  }

  /** The lines of a header, in their order. */
  lines(name: string): readonly string[] {
    return this.#headers.get(name) ?? [];
  }

  /** All of a header, as one line; undefined where there is none. */
  header(name: string): string | undefined {
    return this.#headers.get(name)?.join(", ");
  }
}
