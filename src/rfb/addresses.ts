import type { Endpoint } from "./connection.ts";

/** Whether an IP address is one of the machine that connects to itself. */
export function isLoopback(address: string): boolean {
  return /^(127\.|::1$)/.test(address);
}

/** Whether both ends of a connection are on this machine. */
export function isLocal({ remote, local }: { remote: Endpoint; local: Endpoint }): boolean {
  return isLoopback(remote.hostname) || remote.hostname === local.hostname;
}

/**
 * The eight groups of an IPv6 address, 16 bits each.
 * @param address As RFC 4291 §2.2 has it, with `::` or without, maybe with a zone: `fe80::1%eth0`.
 */
export function ipv6Groups(address: string): number[] {
  const [head = "", tail] = address.split("%", 1)[0]!.split("::");
  const parse = (part: string): number[] =>
    part === "" ? [] : part.split(":").flatMap((group) => {
      if (!group.includes(".")) return [parseInt(group, 16)];
      const [a, b, c, d] = group.split(".").map(Number) as [number, number, number, number];
      return [a << 8 | b, c << 8 | d];
    });
  const [before, after] = [parse(head), parse(tail ?? "")];
  return [...before, ...new Array(8 - before.length - after.length).fill(0), ...after];
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
