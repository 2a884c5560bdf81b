import { formatEndpoint } from "../net/endpoint.ts";
import { isLocal, isLoopback } from "../rfb/addresses.ts";
import type { Ends } from "../rfb/connection_view.ts";
import type { Endpoint } from "../rfb/connection.ts";

/** For whom a proxy has made a connection. */
export interface ProxiedClient {
  /** Its port is 0 where nobody tells. */
  readonly source: Endpoint;
  /** Where he reached the proxy. */
  readonly destination?: Endpoint;
}

/**
 * Who is at the ends of a connection behind a proxy. It isn't private: how somebody reaches the proxy isn't
 * known.
 * @param client Undefined where the proxy doesn't know.
 */
export function proxiedEnds(proxy: Ends, client: ProxiedClient | undefined): Ends {
  const { peer, remote, local } = proxy;
  if (client === undefined) return { peer, remote, local, isPrivate: false };
  const { source, destination = local } = client;
  const name = source.port === 0 ? source.hostname : formatEndpoint(source);
  const through = { peer: `${name} through ${peer}`, isPrivate: false };
  // On this machine, the proxy's end of the client's connection is one of this machine's as well.
  if (isLocal(proxy)) return { ...through, remote: source, local: destination };
  // Another machine's loopback would pass for this machine's.
  return { ...through, remote: isLoopback(source.hostname) ? remote : source, local };
}
