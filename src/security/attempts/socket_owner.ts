import type { Endpoint } from "../../net/endpoint.ts";
import { openSockDiag } from "../../net/sock_diag.ts";

/**
 * The number of the user who owns the peer's end of a connection within this machine; undefined where
 * the system doesn't tell, or when the peer has closed it.
 */
export type SocketOwner = (remote: Endpoint, local: Endpoint) => number | undefined;

/** Asks Linux's kernel; undefined on other systems. */
export function linuxSocketOwner(): SocketOwner | undefined {
  const diag = openSockDiag();
  return diag && ((remote, local) => diag(remote, local)?.uid);
}
