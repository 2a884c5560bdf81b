/** One end of a TCP connection: an IP address and a port. */
export interface Endpoint {
  readonly hostname: string;
  readonly port: number;
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
