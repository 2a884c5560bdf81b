/**
 * Listens for TCP connections.
 * @param address An IP address or host name; `localhost` is this machine by IPv4 and IPv6; undefined
 *   for all interfaces, IPv4 and IPv6.
 * @param port 0 for any free one; all listeners then have the same.
 * @throws What `Deno.listen` throws when the address or the port can't be had.
 */
export function listenAt(address: string | undefined, port: number): Deno.TcpListener[] {
  if (address === "localhost") return listenAtBoth("127.0.0.1", "::1", port);
  if (address !== undefined) return [Deno.listen({ hostname: address, port })];
  return listenAtBoth("0.0.0.0", "::", port);
}

function listenAtBoth(address4: string, address6: string, port: number): Deno.TcpListener[] {
  let ipv6: Deno.TcpListener;
  try {
    ipv6 = Deno.listen({ hostname: address6, port });
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) throw error;
    // There is no IPv6 here.
    return [Deno.listen({ hostname: address4, port })];
  }
  try {
    return [ipv6, Deno.listen({ hostname: address4, port: ipv6.addr.port })];
  } catch (error) {
    // Where sockets of all IPv6 addresses take IPv4 as well (Linux, by default) it is taken now.
    if (address6 === "::") return [ipv6];
    ipv6.close();
    throw error;
  }
}
