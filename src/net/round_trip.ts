import type { Endpoint } from "./endpoint.ts";
import { openSockDiag } from "./sock_diag.ts";

/** Both ends of one of our connections. */
interface Ends {
  readonly remote: Endpoint;
  readonly local: Endpoint;
}

/**
 * Finds the round-trip time to the peer of one of our connections in milliseconds. Linux has measured it
 * when the connection is accepted; what other systems have is undefined.
 */
export function linuxRoundTrip(): (connection: Ends) => number | undefined {
  const diag = openSockDiag();
  return ({ remote, local }) => diag?.(local, remote)?.roundTrip;
}
