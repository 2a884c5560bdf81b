import { isIP } from "node:net";
import { unmapped } from "../net/endpoint.ts";
import type { Ends } from "../rfb/connection_view.ts";
import { type Authority, isLoopbackName, parseOrigin } from "./authority.ts";
import { proxiedEnds } from "./proxied_ends.ts";

/** What a request says about where it comes from; the lines of each header in their order. */
export interface RequestMarks {
  /** X-Forwarded-For: addresses, each added by the next proxy on the way. */
  readonly forwardedFor: readonly string[];
  /** X-Forwarded-Proto: the scheme that the browser uses. */
  readonly forwardedProto: readonly string[];
  /** X-Forwarded-Host: the Host header that the browser sent. */
  readonly forwardedHost: readonly string[];
  /** The Host header. */
  readonly host: Authority;
  /** The Origin header. */
  readonly origin: string | undefined;
}

/** Who is really at the other end of a request's connection. */
export interface Client extends Ends {
  /** Whether the client itself speaks TLS, as far as that is known. */
  readonly isSecure: boolean;
  /** Whether somebody who isn't trusted to says that he forwards. */
  readonly isDoubtful: boolean;
}

/**
 * Finds out who sent a request. What a proxy says is believed only where its address is trusted. Where
 * somebody else says such things, or a browser on another machine is seen to use a connection that comes
 * from this one, then others may read along, for all that is known.
 * @param isTls Whether the request came through TLS.
 * @param isTrusted Whether a proxy at that address is believed.
 */
export function clientOf(
  connection: Ends,
  isTls: boolean,
  marks: RequestMarks,
  isTrusted: (address: string) => boolean,
): Client {
  const { peer, remote, local } = connection;
  const { forwardedFor, forwardedProto, forwardedHost } = marks;
  if (forwardedFor.length + forwardedProto.length + forwardedHost.length === 0) {
    const isPrivate = connection.isPrivate && (isTls || isUnforwarded(marks));
    return { peer, remote, local, isPrivate, isSecure: isTls, isDoubtful: false };
  }
  if (!isTrusted(remote.hostname)) {
    return { peer, remote, local, isPrivate: isTls, isSecure: isTls, isDoubtful: true };
  }
  const schemes = items(forwardedProto);
  const byHttps = schemes.length > 0 && schemes.every((scheme) => /^(https|wss)$/i.test(scheme));
  const isSecure = schemes.length === 0 ? isTls : byHttps;
  const isPrivate = byHttps && connection.isPrivate;
  const client = forwardedClient(items(forwardedFor), isTrusted);
  // Nobody tells the client's port reliably.
  const source = client === undefined ? undefined : { hostname: client, port: 0 };
  const ends = proxiedEnds(connection, source && { source });
  return { ...ends, isPrivate, isSecure, isDoubtful: false };
}

/**
 * The host that a browser asked for: proxies put another one in place of it, and may tell.
 * @param remote The address at the other end of the connection.
 */
export function forwardedHostOf(
  remote: string,
  forwardedHost: readonly string[],
  isTrusted: (address: string) => boolean,
): string | undefined {
  // The last is the next proxy's, which is the one that is trusted.
  return isTrusted(remote) ? items(forwardedHost).at(-1) : undefined;
}

/** Whether no proxy without a word stands in between: the browser uses a name of its own machine. */
function isUnforwarded({ host, origin: text }: RequestMarks): boolean {
  const origin = text === undefined ? undefined : parseOrigin(text);
  // Then TLS ends in front of here, on this machine.
  if (origin?.scheme === "https") return true;
  return isLoopbackName((origin ?? host).name);
}

/**
 * The last address that isn't a trusted proxy's: everything in front of it may be invented. Where all
 * are, the first: it is somebody at one of the proxies. Undefined where what comes there is no address.
 */
function forwardedClient(
  entries: readonly string[],
  isTrusted: (address: string) => boolean,
): string | undefined {
  let client: string | undefined;
  for (const entry of entries.toReversed()) {
    client = addressOf(entry);
    if (client === undefined || !isTrusted(client)) break;
  }
  return client;
}

/** The address in `192.0.2.1`, `192.0.2.1:4000`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4000`. */
function addressOf(entry: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/.exec(entry) ?? [];
  const address = unmapped((bracketed ?? plain ?? entry).toLowerCase());
  // A zone is an interface of another machine.
  return isIP(address) === 0 || address.includes("%") ? undefined : address;
}

/** The items of a list in a header that may have several lines. */
function items(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(",")).map((item) => item.trim()).filter((item) =>
    item !== ""
  );
}
