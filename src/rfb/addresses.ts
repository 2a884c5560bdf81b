import { type Endpoint, ipv6Groups } from "../net/endpoint.ts";

/** Whether an IP address is one of the machine that connects to itself. */
export function isLoopback(address: string): boolean {
  return /^(127\.|::1$)/.test(address);
}

/** Whether both ends of a connection are on this machine. */
export function isLocal({ remote, local }: { remote: Endpoint; local: Endpoint }): boolean {
  return isLoopback(remote.hostname) || remote.hostname === local.hostname;
}

/**
 * All the addresses that one person may take as he likes, as a text: an IPv4 address itself, or an
 * IPv6 address's network, `2001:db8:0:100::/56`. A home is given that many (RIPE-690); in a /48, which
 * others are given, there may be 256 homes, who aren't to be shut out for each other.
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [a, b, c, d] = ipv6Groups(address) as [number, number, number, number];
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(":")}::/56`;
}

/** What every place on this machine counts as for {@linkcode placeOf}. */
export const THIS_MACHINE = "this machine";

/** Where a connection comes from, for limits: this machine or a network. */
export function placeOf(connection: { remote: Endpoint; local: Endpoint }): string {
  return isLocal(connection) ? THIS_MACHINE : networkOf(connection.remote.hostname);
}
