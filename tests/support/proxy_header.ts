import { isIP } from "node:net";
import { encodeLatin1 } from "../../src/latin1.ts";
import { type Endpoint, ipv6Groups } from "../../src/net/endpoint.ts";
import { concat, u16 } from "./bytes.ts";

/** What a proxy says with version 1 of the PROXY protocol. */
export function proxyLine(source: Endpoint, destination: Endpoint): Uint8Array {
  const family = isIP(source.hostname) === 4 ? "TCP4" : "TCP6";
  return encodeLatin1(
    `PROXY ${family} ${source.hostname} ${destination.hostname} ${source.port} ${destination.port}\r\n`,
  );
}

/** What a proxy says with version 2 of the PROXY protocol. */
export function binaryProxyHeader(
  source: Endpoint,
  destination: Endpoint,
  further: readonly number[] = [],
): Uint8Array {
  const ends = [source, destination];
  return proxyBytes(0x21, isIP(source.hostname) === 4 ? 0x11 : 0x21, [
    ...ends.flatMap(({ hostname }) => addressBytes(hostname)),
    ...ends.flatMap(({ port }) => u16(port)),
    ...further,
  ]);
}

/** The header of version 2, by its fields. */
export function proxyBytes(command: number, family: number, rest: readonly number[]): Uint8Array {
  return concat(
    encodeLatin1("\r\n\r\n\0\r\nQUIT\n"),
    Uint8Array.from([command, family, ...u16(rest.length), ...rest]),
  );
}

function addressBytes(address: string): number[] {
  return isIP(address) === 4 ? address.split(".").map(Number) : ipv6Groups(address).flatMap(u16);
}
