import type { SecureContext } from "node:tls";
import type { Connection } from "../rfb/connection.ts";
import { ConnectionClosed, ProtocolError } from "../rfb/errors.ts";
import { TlsConnection } from "../security/tls/tls_connection.ts";
import type { Entrance, Moved } from "./entrance.ts";
import { isPageRequest, type Speech, speechOf } from "./first_bytes.ts";
import { Patience, type RoundTripOf } from "./patience.ts";
import { PeekedConnection } from "./peeked_connection.ts";
import { readProxyHeader } from "./proxy_protocol.ts";
import { SilentConnection } from "./silent_connection.ts";

/** What there is for browsers. */
export interface WebService {
  /**
   * Serves HTTP over a connection; a WebSocket may come of it.
   * @param moved Called when a proxy may have told whom it asks for.
   */
  serve(connection: Connection, isTls: boolean, moved: Moved): Promise<Connection | undefined>;
  /** The certificate and its key for the next TLS handshake. */
  secureContext(): Promise<SecureContext>;
}

/** What a {@linkcode FrontDoor} needs. */
export interface FrontDoorOptions {
  /** Serves browsers; left out where they aren't served. */
  readonly web?: WebService;
  /** Whether there is nobody but browsers. */
  readonly webOnly?: boolean;
  /** Whether a proxy at that address is believed for whom it connects. */
  isTrusted(address: string): boolean;
  readonly roundTripOf: RoundTripOf;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
}

/** Milliseconds for which what seems to be a browser's connection to spare is held before it's greeted. */
const SPARE_TIME = 3000;

/**
 * Milliseconds for which such a connection is kept where only browsers come. One that is closed when it's
 * needed does no harm: the browser opens another.
 */
const SPARE_TIME_ALONE = 20_000;

/** Milliseconds in which a viewer's first word must be there; viewers greet back at once. */
const ANSWER_TIME = 5000;

/**
 * The same, besides what the line takes, where it may well be a browser's that would take the greeting
 * amiss.
 */
const SPARE_ANSWER_TIME = 300;

/** Somebody at the door. */
interface Visit {
  readonly peeked: PeekedConnection;
  /** The same, or as whom a proxy has named it. */
  readonly from: Connection;
  /** When it was connected. */
  readonly began: number;
  readonly moved: Moved;
}

/**
 * One port for viewers and browsers, which tells by the first bytes what each speaks:
 * ```
 * (proxy's header, from trusted addresses) ─┬─> silence, or RFB ─────> a viewer
 *                                           ├─> TLS ─> HTTP ─┐
 *                                           └─> HTTP ────────┴─> page, or WebSocket ─> a viewer
 * ```
 */
export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #now: () => number;
  readonly #patience: Patience;

  constructor(options: FrontDoorOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#patience = new Patience(options.roundTripOf, this.#now);
  }

  /**
   * @param connection Just accepted; nobody else may read or write it from now on.
   * @param moved Called when it's known who comes: a proxy may have told for whom it connects.
   * @returns Undefined when it was for the page only, or for nothing: it is done then.
   * @throws {ProtocolError} When it is nothing that is spoken here.
   * @throws {ConnectionClosed} When it goes before that is known.
   * @throws What the connection's `read` and `write` reject with.
   */
  async enter(
    connection: Connection,
    moved: Moved = () => {},
  ): Promise<Entrance | undefined> {
    const { web, isTrusted } = this.#options;
    const isTrustedProxy = isTrusted(connection.remote.hostname);
    if (web === undefined && !isTrustedProxy) {
      moved(connection);
      return { connection, inBrowser: false };
    }
    const peeked = new PeekedConnection(connection);
    const visit: Visit = { peeked, from: peeked, began: this.#now(), moved };
    const word = await this.#firstWord(visit);
    if (word !== "proxy") return await this.#admit(visit, word);
    if (!isTrustedProxy) {
      throw new ProtocolError("a proxy's header (PROXY protocol), which --trust-proxy would allow");
    }
    const from = await readProxyHeader(peeked);
    const isProxyAgain = isTrusted(from.remote.hostname);
    // What follows may take long: that is to count for him, not for all who come through the proxy.
    if (!isProxyAgain) moved(from);
    const client = { ...visit, from, moved: isProxyAgain ? moved : () => {} };
    return await this.#admit(client, await this.#firstWord(client));
  }

  /** @returns Undefined where somebody goes without a word. */
  async #firstWord({ peeked, from }: Visit): Promise<Speech | "silence" | undefined> {
    const time = this.#options.webOnly ? SPARE_TIME_ALONE : this.#patience.timeFor(from);
    return await peeked.hears(time) ? await speechFrom(peeked) : "silence";
  }

  async #admit(
    { peeked, from, began, moved }: Visit,
    word: Speech | "silence" | undefined,
  ): Promise<Entrance | undefined> {
    const heard = (bytes: Uint8Array, isBrowser: boolean) => {
      if (isBrowser) this.#patience.learnBrowser(from, began, isPageRequest(bytes));
      else this.#patience.learnViewer(from);
    };
    if (word === "silence" && this.#options.webOnly) {
      throw new ConnectionClosed("a browser's connection to spare");
    }
    let answerTime = ANSWER_TIME;
    if (word === "silence" && this.#patience.takesForSpare(from, began)) {
      // If it's a viewer all the same, it's only late.
      if (await peeked.hears(SPARE_TIME)) word = await speechFrom(peeked);
      answerTime = SPARE_ANSWER_TIME + this.#patience.lineOf(from);
    }
    switch (word) {
      case undefined:
        from.close();
        return undefined;
      case "silence":
        moved(from);
        return { connection: new SilentConnection(from, heard, answerTime), inBrowser: false };
      case "rfb":
        if (this.#options.webOnly) {
          throw new ProtocolError("no browser: the port for viewers is another");
        }
        moved(from);
        return { connection: from, inBrowser: false };
      case "proxy":
        throw new ProtocolError("a proxy's header inside of another one");
      default:
        heard(await peeked.peek(0), true);
        return await this.#browser(from, word === "tls", moved);
    }
  }

  async #browser(
    connection: Connection,
    isTls: boolean,
    moved: Moved,
  ): Promise<Entrance | undefined> {
    const { web } = this.#options;
    if (web === undefined) throw new ProtocolError("a browser, for which there is nothing here");
    if (!isTls) return socketOf(await web.serve(connection, false, moved));
    const tls = new TlsConnection(connection, await web.secureContext());
    try {
      await tls.secured();
      return socketOf(await web.serve(tls, true, moved));
    } catch (error) {
      // It holds memory until it's closed.
      tls.close();
      throw error;
    }
  }
}

function socketOf(connection: Connection | undefined): Entrance | undefined {
  return connection && { connection, inBrowser: true };
}

/** @returns Undefined where the peer closes before that can be told. */
async function speechFrom(peeked: PeekedConnection): Promise<Speech | undefined> {
  for (let wanted = 1;; wanted++) {
    const bytes = await peeked.peek(wanted);
    if (bytes.length < wanted) return undefined;
    const speech = speechOf(bytes);
    if (speech !== undefined) return speech;
    wanted = bytes.length;
  }
}
