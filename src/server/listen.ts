/**
 * Listens for TCP connections.
 * @param address An IP address or host name; undefined for all interfaces, IPv4 and IPv6.
 * @param port 0 for any free one; all listeners then have the same.
 * @throws What `Deno.listen` throws when the address or the port can't be had.
 */
export function listenAt(address: string | undefined, port: number): Deno.TcpListener[] {
  if (address !== undefined) return [Deno.listen({ hostname: address, port })];
  const ipv6 = tryListen("::", port, (error) => !(error instanceof Deno.errors.AddrInUse));
  if (ipv6 === undefined) return [Deno.listen({ hostname: "0.0.0.0", port })];
  // Where IPv6 sockets take IPv4 as well (Linux, by default) the address is taken now.
  const ipv4 = tryListen("0.0.0.0", ipv6.addr.port, () => true);
  return ipv4 === undefined ? [ipv6] : [ipv6, ipv4];
}

function tryListen(
  hostname: string,
  port: number,
  mayFail: (error: unknown) => boolean,
): Deno.TcpListener | undefined {
  try {
    return Deno.listen({ hostname, port });
  } catch (error) {
    if (mayFail(error)) return undefined;
    throw error;
  }
}
