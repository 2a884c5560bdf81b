import { BlockList, isIP } from "node:net";

/** Whether a text is an IP address or a network: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`. */
export function isNetwork(text: string): boolean {
  return parseNetwork(text) !== undefined;
}

/**
 * Tells whether an address is one of a trusted proxy.
 * @param networks What {@linkcode isNetwork} is true of.
 * @returns IPv4 addresses may be written as IPv6 has them, here and there: `::ffff:192.0.2.7`.
 */
export function trustedProxies(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const text of networks) {
    const { address, length, family } = parseNetwork(text)!;
    list.addSubnet(address, length, family);
  }
  return (text) => {
    const address = withoutZone(text);
    return isIP(address) !== 0 && list.check(address, familyOf(address));
  };
}

interface Network {
  readonly address: string;
  /** Bits that all its addresses have in common. */
  readonly length: number;
  readonly family: "ipv4" | "ipv6";
}

function parseNetwork(text: string): Network | undefined {
  const [, address = "", digits] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  if (isIP(address) === 0) return undefined;
  const family = familyOf(address);
  const bits = family === "ipv4" ? 32 : 128;
  const length = digits === undefined ? bits : Number(digits);
  return length <= bits ? { address, length, family } : undefined;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}

/** An address without the interface that it's reached by: `fe80::1` of `fe80::1%eth0`. */
function withoutZone(address: string): string {
  return address.split("%", 1)[0]!;
}
