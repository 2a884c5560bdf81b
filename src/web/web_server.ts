import type { Logger } from "../log.ts";
import { Carrier } from "../rfb/carrier.ts";
import type { Connection } from "../rfb/connection.ts";
import { type Answer, encodeAnswer, refusal } from "./answer.ts";
import type { Page } from "./assets.ts";
import { type Authority, parseAuthority } from "./authority.ts";
import type { Moved } from "./entrance.ts";
import { type Client, clientOf, forwardedHostOf } from "./forwarded.ts";
import type { Hosts } from "./hosts.ts";
import { RequestHead } from "./request_head.ts";
import { type Received, RequestReader } from "./request_reader.ts";
import { route } from "./route.ts";
import { WebSocketConnection } from "./web_socket_connection.ts";
import { loadUpgrader, type Upgrader } from "./ws.ts";

/** Milliseconds for which a client may leave its side open when it has its answer. */
const LINGER_TIME = 1000;

/** Bytes that it may send meanwhile. */
const MAX_LINGER = 64 * 1024;

/** Addresses of proxies of which it was said that they aren't trusted. */
const MAX_HINTS = 100;

/** What a web server is told. */
export interface WebServerOptions {
  readonly hosts: Hosts;
  /** What browsers get. It is asked for once, by the first of them. */
  readonly page: () => Promise<Page>;
  /** Whether a proxy at that address is believed whom it forwards for. */
  readonly isTrusted: (address: string) => boolean;
  readonly log: Logger;
  /** Milliseconds in which a request's head must be there. */
  readonly headTime?: number;
}

/** What only browsers need, and is loaded for the first of them: it takes 20 ms, ws another 20. */
interface Parts {
  readonly reader: RequestReader;
  readonly page: Page;
}

/** Serves the page, and makes connections of WebSockets. */
export class WebServer {
  readonly #options: WebServerOptions;
  #parts: Promise<Parts> | undefined;
  #upgrader: Promise<Upgrader> | undefined;
  readonly #hinted = new Set<string>();

  constructor(options: WebServerOptions) {
    this.#options = options;
  }

  /**
   * Answers one request.
   * @param connection Nobody else may read or write it from now on; it is closed in the end.
   * @param isTls Whether it is over TLS.
   * @param moved Called when it's known who asks: a proxy may have told for whom it does.
   * @returns The WebSocket, if that is what was asked for; undefined when all is done.
   * @throws What the connection's `read` or `write` reject with.
   */
  async serve(
    connection: Connection,
    isTls: boolean,
    moved: Moved = () => {},
  ): Promise<Connection | undefined> {
    const parts = await this.#loadParts();
    const carrier = new Carrier(connection);
    const visit = { connection, carrier, isTls, moved };
    const received = await parts.reader.read(carrier);
    if (received === undefined) {
      carrier.destroy();
      return undefined;
    }
    if ("status" in received) return await answer(visit, received, false);
    return await this.#respond(visit, received, parts.page);
  }

  async #respond(visit: Visit, received: Received, page: Page): Promise<Connection | undefined> {
    const request = new RequestHead(received.message, received.rest !== undefined);
    const isHead = request.method === "HEAD";
    const resource = route(request);
    if (typeof resource !== "string") return await answer(visit, resource, isHead);
    const host = this.#hostOf(visit, request);
    if ("status" in host) return await answer(visit, host, isHead);
    const client = this.#clientOf(visit, request, host);
    visit.moved(client);
    if (resource === "page") {
      const whole = page.answer({
        host,
        acceptEncoding: request.header("accept-encoding") ?? "",
        ifNoneMatch: request.header("if-none-match") ?? "",
      });
      return await answer(visit, whole, isHead);
    }
    const reason = this.#options.hosts.refusal({
      origin: request.header("origin"),
      site: request.header("sec-fetch-site"),
      host,
      isSecure: client.isSecure,
    });
    if (reason === undefined) {
      return await openWebSocket(await this.#loadUpgrader(), visit.carrier, received, client);
    }
    this.#options.log.warn(`${client.peer}: a page may not connect: ${reason}`);
    return await answer(visit, refusal(403, reason), isHead);
  }

  // What couldn't be loaded, for want of descriptors, say, is tried again for the next.

  #loadParts(): Promise<Parts> {
    return this.#parts ??= loadParts(this.#options).catch((error) => {
      this.#parts = undefined;
      throw error;
    });
  }

  #loadUpgrader(): Promise<Upgrader> {
    return this.#upgrader ??= loadUpgrader().catch((error) => {
      this.#upgrader = undefined;
      throw error;
    });
  }

  /** Whom a request is for, or that it is for somebody else. */
  #hostOf({ connection }: Visit, request: RequestHead): Authority | Answer {
    const { hosts, isTrusted, log } = this.#options;
    const lines = request.lines("host");
    const forwarded = request.lines("x-forwarded-host");
    const name = forwardedHostOf(connection.remote.hostname, forwarded, isTrusted) ?? lines[0] ??
      "";
    const host = parseAuthority(name);
    if (lines.length !== 1 || host === undefined) return refusal(400, "no host is asked for");
    if (hosts.accepts(host)) return host;
    log.warn(`${connection.peer}: asks for ${host.name}, which is none of --web-names`);
    return refusal(421, `${host.name} is no name of this vncd: its option --web-names can add it`);
  }

  #clientOf({ connection, isTls }: Visit, request: RequestHead, host: Authority): Client {
    const { isTrusted, log } = this.#options;
    const client = clientOf(connection, isTls, {
      forwardedFor: request.lines("x-forwarded-for"),
      forwardedProto: request.lines("x-forwarded-proto"),
      forwardedHost: request.lines("x-forwarded-host"),
      host,
      origin: request.header("origin"),
    }, isTrusted);
    const { hostname } = connection.remote;
    if (client.isDoubtful && this.#hinted.size < MAX_HINTS && !this.#hinted.has(hostname)) {
      this.#hinted.add(hostname);
      log.warn(
        `${hostname} forwards for others: if that is a proxy of yours, --trust-proxy names it`,
      );
    }
    return client;
  }
}

/** A connection, while it is not known what is wanted. */
interface Visit {
  readonly connection: Connection;
  readonly carrier: Carrier;
  readonly isTls: boolean;
  readonly moved: Moved;
}

async function loadParts({ headTime, page }: WebServerOptions): Promise<Parts> {
  const [reader, loaded] = await Promise.all([RequestReader.load(headTime), page()]);
  return { reader, page: loaded };
}

/** @returns Undefined when the request can't become one: it's refused then. */
function openWebSocket(
  upgrader: Upgrader,
  carrier: Carrier,
  { message, rest }: Received,
  client: Client,
): Promise<Connection | undefined> {
  return new Promise((resolve) => {
    carrier.on("close", () => resolve(undefined));
    upgrader.handleUpgrade(message, carrier, rest!, (socket) => {
      resolve(new WebSocketConnection(socket, carrier, client));
    });
  });
}

/** Sends an answer, and closes when the client has it. */
async function answer(
  { connection, carrier }: Visit,
  what: Answer,
  isHead: boolean,
): Promise<undefined> {
  try {
    await connection.write(encodeAnswer(what, isHead));
    if (!carrier.reading) await linger(connection);
  } finally {
    carrier.destroy();
  }
}

/**
 * Waits until the client closes: what it has sent too much would otherwise take back what wasn't read yet
 * of the answer.
 */
async function linger(connection: Connection): Promise<void> {
  const timer = setTimeout(() => connection.close(), LINGER_TIME);
  try {
    for (let left = MAX_LINGER; left > 0;) {
      const chunk = await connection.read();
      if (chunk === null) break;
      left -= chunk.length;
    }
  } catch {
    // Closed by the timer, or in another way.
  } finally {
    clearTimeout(timer);
  }
}
