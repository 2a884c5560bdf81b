import { isIP } from "node:net";
import { isLoopback } from "../rfb/addresses.ts";

/** Whom a request is for, as a Host header and an Origin name it. */
export interface Authority {
  /** In small letters, without a trailing dot; IPv6 addresses without their brackets. */
  readonly name: string;
  /** Undefined where it isn't said: the scheme's own. */
  readonly port: number | undefined;
}

/** More than a DNS name and a port can have. */
const MAX_AUTHORITY = 262;

/**
 * @param text `name`, `192.0.2.1:5900` or `[2001:db8::1]:5900`.
 * @returns Undefined where it is none, as with a user's name in front, or an interface behind an address.
 */
export function parseAuthority(text: string): Authority | undefined {
  if (text.length > MAX_AUTHORITY) return undefined;
  const match = /^(?:\[([\da-f:.]+)\]|([\w-]+(?:\.[\w-]+)*)\.?)(?::(\d{1,5}))?$/i.exec(text);
  if (match === null) return undefined;
  const [, address, host, digits] = match;
  if (address !== undefined && isIP(address) !== 6) return undefined;
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port === 0 || port > 65535)) return undefined;
  return { name: (address ?? host)!.toLowerCase(), port };
}

/** What port a scheme means by none. */
export const DEFAULT_PORTS = { http: 80, https: 443 };

/** Where a page comes from, as its browser says in the Origin header. */
export interface Origin extends Authority {
  readonly scheme: "http" | "https";
  readonly port: number;
}

/** @returns Undefined for `null`, which is what a page has that must not say, and for other schemes. */
export function parseOrigin(text: string): Origin | undefined {
  const [, scheme, rest] = /^(https?):\/\/(.+)$/.exec(text) ?? [];
  if (scheme !== "http" && scheme !== "https") return undefined;
  const authority = parseAuthority(rest!);
  return authority && { ...authority, scheme, port: authority.port ?? DEFAULT_PORTS[scheme] };
}

/** Whether that name means the machine that uses it, everywhere. */
export function isLoopbackName(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") ||
    isIP(name) !== 0 && isLoopback(name);
}
