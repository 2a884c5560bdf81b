import { createLogger } from "../../src/log.ts";
import type { Connection } from "../../src/rfb/connection.ts";
import type { Ends } from "../../src/rfb/connection_view.ts";
import { Hosts } from "../../src/web/hosts.ts";
import { WebServer } from "../../src/web/web_server.ts";
import { littlePage } from "./little_page.ts";
import { connectionPair } from "./memory_connection.ts";

/** A proxy that is trusted. */
export const PROXY = "10.0.0.1";

/** What the tests' web server may be told otherwise. */
export interface WebVisitOptions {
  /** The client's address. */
  readonly from?: string;
  readonly isTls?: boolean;
  readonly headTime?: number;
  /** Bytes that the server may have written that the client hasn't read. */
  readonly capacity?: number;
}

/** A client at a web server's door. */
export interface WebVisit {
  readonly client: Connection;
  /** What {@linkcode WebServer.serve} gives. */
  readonly served: Promise<Connection | undefined>;
  /** The log's lines, without their times. */
  readonly log: string[];
  /** Who turned out to be there, each time that it was told. */
  readonly seen: Ends[];
}

/** Its web servers are loaded once. */
const servers = new Map<number | undefined, { server: WebServer; log: string[] }>();

function serverFor(headTime: number | undefined): { server: WebServer; log: string[] } {
  const known = servers.get(headTime);
  if (known !== undefined) return known;
  const log: string[] = [];
  const server = new WebServer({
    hosts: new Hosts("box", ["vnc.example.org"]),
    page: littlePage,
    isTrusted: (address) => address === PROXY,
    log: createLogger("debug", (line) => log.push(line.slice(line.indexOf(" ") + 1))),
    headTime,
  });
  servers.set(headTime, { server, log });
  return { server, log };
}

/** Connects to a web server of the host `box`, which is also called `vnc.example.org`. */
export function visit(options: WebVisitOptions = {}): WebVisit {
  const { from, isTls = false, headTime, capacity } = options;
  const { server, log } = serverFor(headTime);
  const [end, client] = connectionPair(capacity, from);
  log.length = 0;
  const seen: Ends[] = [];
  return { client, served: server.serve(end, isTls, (ends) => seen.push(ends)), log, seen };
}
