import type { Connection } from "../rfb/connection.ts";
import { ConnectionView } from "../rfb/connection_view.ts";
import { ConnectionClosed } from "../rfb/errors.ts";
import type { PeekedConnection } from "./peeked_connection.ts";
import { proxiedEnds } from "./proxied_ends.ts";
import { parseProxyHeader, type ProxyHeader } from "./proxy_header.ts";

/**
 * Takes a proxy's header off the front of a connection.
 * @returns The connection of him whom the proxy connects for: `203.0.113.5:41822 through 127.0.0.1:4000`.
 * @throws {ProtocolError} When the header is malformed.
 * @throws {ConnectionClosed} When it ends before the header does.
 */
export async function readProxyHeader(peeked: PeekedConnection): Promise<Connection> {
  const { length, client } = await awaitHeader(peeked);
  peeked.skip(length);
  if (client === "itself") return peeked;
  return new ConnectionView(peeked, proxiedEnds(peeked, client === "unknown" ? undefined : client));
}

async function awaitHeader(peeked: PeekedConnection): Promise<ProxyHeader> {
  for (let wanted = 1;;) {
    const bytes = await peeked.peek(wanted);
    if (bytes.length < wanted) throw new ConnectionClosed("in a proxy's header");
    const header = parseProxyHeader(bytes);
    if (header !== undefined) return header;
    wanted = bytes.length + 1;
  }
}
