/** One end of a TCP connection: an IP address and a port. */
export interface Endpoint {
  readonly hostname: string;
  readonly port: number;
}

/** For a person: `192.0.2.7:5900`, `[2001:db8::1]:5900`. */
export function formatEndpoint({ hostname, port }: Endpoint): string {
  return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}

/** An IPv4 address as such, where it's written as IPv6 has them: `192.0.2.7` of `::ffff:192.0.2.7`. */
export function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
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
