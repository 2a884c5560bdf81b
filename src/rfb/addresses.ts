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
 * All the addresses that one host may take as it likes, as a text: an IPv4 address itself, or an
 * IPv6 address's network, `2001:db8:0:1::/64`.
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const prefix = ipv6Groups(address).slice(0, 4).map((group) => group.toString(16));
  return `${prefix.join(":")}::/64`;
}
