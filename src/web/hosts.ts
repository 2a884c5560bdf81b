import { isIP } from "node:net";
import { type Authority, DEFAULT_PORTS, isLoopbackName, parseOrigin } from "./authority.ts";

/** What a browser says of a page that wants a WebSocket. */
export interface Asker {
  /** The Origin header. */
  readonly origin: string | undefined;
  /** The Sec-Fetch-Site header: how the page's origin and the WebSocket's are related. */
  readonly site: string | undefined;
  /** Whom the request is for. */
  readonly host: Authority;
  /** Whether the browser itself speaks TLS, as far as that is known. */
  readonly isSecure: boolean;
}

/**
 * Under which names browsers may reach vncd. A page from elsewhere can let its own name lead to vncd's
 * address (DNS rebinding), and is then of vncd's origin for the browser; it can't do so with an address,
 * nor with the name of this machine.
 */
export class Hosts {
  /** Those that nothing but vncd has. */
  readonly #named: ReadonlySet<string>;
  /** Those that the machine has: other programs on it have pages there, too. */
  readonly #own: ReadonlySet<string>;

  /**
   * @param hostname This machine's.
   * @param named Further names that are vncd's, as those that a proxy has for it.
   * @param shared Further names of the machine, as those in its certificate.
   */
  constructor(hostname: string, named: readonly string[], shared: readonly string[] = []) {
    const own = normalName(hostname);
    const label = own.split(".")[0]!;
    this.#named = new Set(named.map(normalName));
    this.#own = new Set([own, label, `${label}.local`, ...shared.map(normalName)]);
  }

  /** Whether requests for this host are for vncd. */
  accepts({ name }: Authority): boolean {
    return isIP(name) !== 0 || isLoopbackName(name) || this.#own.has(name) || this.#named.has(name);
  }

  /**
   * Why a page may not open a WebSocket, undefined where it may. Who sends no Origin is no browser, and
   * so has no page that could abuse the browser's place: it could have spoken RFB as well.
   *
   * Proxies that speak TLS for vncd let `https` become `http` on the way, and some put their own idea of
   * a host in place of the browser's. So of a plain connection either scheme is believed, while TLS at
   * vncd's own door doesn't go with a page that anybody on the way could have changed; and a page of a
   * name that was named as vncd's is always vncd's. Of a name that the machine has, localhost above all, it
   * isn't: another port is another program's, maybe one of another user.
   */
  refusal({ origin: text, site, host, isSecure }: Asker): string | undefined {
    // Older browsers, and those over http, don't send it.
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      return "the page is from another site";
    }
    if (text === undefined) return undefined;
    const origin = parseOrigin(text);
    if (origin === undefined) return "the page has no origin of its own";
    if (isSecure && origin.scheme !== "https") return "the page came by http, not by https";
    if (this.#named.has(origin.name)) return undefined;
    const port = host.port ?? DEFAULT_PORTS[origin.scheme];
    if (origin.name === host.name && origin.port === port) return undefined;
    return `the page is from ${origin.name}:${origin.port}`;
  }
}

function normalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
