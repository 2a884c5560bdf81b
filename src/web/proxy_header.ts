import { isIP, SocketAddress } from "node:net";
import { decodeLatin1 } from "../latin1.ts";
import { unmapped } from "../net/endpoint.ts";
import type { Endpoint } from "../rfb/connection.ts";
import { ProtocolError } from "../rfb/errors.ts";
import type { ProxiedClient } from "./proxied_ends.ts";

/** What a proxy says in front of all else: HAProxy's PROXY protocol, in its versions 1 and 2. */
export interface ProxyHeader {
  /** Its bytes. */
  readonly length: number;
  /** For whom the proxy connects: for itself, as to see whether there is somebody, or it can't tell. */
  readonly client: Required<ProxiedClient> | "itself" | "unknown";
}

/**
 * Reads the header that a stream begins with; what follows it isn't looked at.
 * @returns Undefined while more of it has to come.
 * @throws {ProtocolError} When it is malformed, or too long.
 */
export function parseProxyHeader(bytes: Uint8Array): ProxyHeader | undefined {
  return bytes[0] === SIGNATURE[0] ? parseBinary(bytes) : parseLine(bytes);
}

/** Bytes of a header in version 1, at most. */
const LONGEST_LINE = 107;

/** Version 1: `PROXY TCP4 203.0.113.5 192.0.2.1 41822 5900\r\n`. */
function parseLine(bytes: Uint8Array): ProxyHeader | undefined {
  const text = decodeLatin1(bytes.subarray(0, LONGEST_LINE));
  if (!text.startsWith(PREFIX.slice(0, text.length))) throw malformed("no header");
  const end = text.indexOf("\r\n");
  if (end < 0 && text.length === LONGEST_LINE) throw malformed("a line that doesn't end");
  if (end < 0) return undefined;
  const length = end + 2;
  const [family, ...fields] = text.slice(PREFIX.length, end).split(" ");
  // What follows means nothing then.
  if (family === "UNKNOWN") return { length, client: "unknown" };
  if (family !== "TCP4" && family !== "TCP6") throw malformed("neither TCP4, TCP6 nor UNKNOWN");
  if (fields.length !== 4) throw malformed("not two addresses and two ports");
  const version = family === "TCP4" ? 4 : 6;
  const endpoint = (i: 0 | 1): Endpoint => ({
    hostname: parseAddress(fields[i]!, version),
    port: parsePort(fields[2 + i]!),
  });
  return { length, client: { source: endpoint(0), destination: endpoint(1) } };
}

const PREFIX = "PROXY ";

function parseAddress(text: string, version: 4 | 6): string {
  // A zone is an interface of another machine.
  if (isIP(text) !== version || text.includes("%")) throw malformed("a wrong address");
  return version === 4 ? text : shortest(text);
}

/** An IPv6 address in the form of RFC 5952, or the IPv4 address that it stands for. */
function shortest(address: string): string {
  return unmapped(new SocketAddress({ address, family: "ipv6" }).address);
}

function parsePort(text: string): number {
  const port = /^(0|[1-9]\d{0,4})$/.test(text) ? Number(text) : NaN;
  if (!(port <= 0xffff)) throw malformed("a wrong port");
  return port;
}

/** `\r\n\r\n\0\r\nQUIT\n` */
const SIGNATURE = [13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10];

/** Bytes up to and with the length of the rest. */
const FIXED = 16;

/** Bytes of the rest, at most: addresses take 36, what is known of a client's TLS some hundreds. */
const LONGEST_REST = 1024;

/** Bytes of an address, by what byte 13 says for TCP. */
const ADDRESS_SIZES: Readonly<Record<number, 4 | 16>> = { 0x11: 4, 0x21: 16 };

/** Version 2: the signature, version and command, family, length, addresses, ports, and more. */
function parseBinary(bytes: Uint8Array): ProxyHeader | undefined {
  if (SIGNATURE.some((byte, i) => i < bytes.length && bytes[i] !== byte)) {
    throw malformed("no header");
  }
  if (bytes.length < FIXED) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [command, family] = [view.getUint8(12), view.getUint8(13)];
  const rest = view.getUint16(14);
  if (command >> 4 !== 2) throw malformed(`version ${command >> 4}`);
  if (command > PROXY) throw malformed(`command ${command & 15}`);
  if (family >> 4 > 3 || (family & 15) > 2) throw malformed(`addresses of kind ${family}`);
  if (rest > LONGEST_REST) throw malformed(`${rest} bytes, more than ${LONGEST_REST}`);
  const length = FIXED + rest;
  const size = command === PROXY ? ADDRESS_SIZES[family] : undefined;
  if (size !== undefined && rest < 2 * (size + 2)) throw malformed("too short for its addresses");
  if (bytes.length < length) return undefined;
  if (command === LOCAL) return { length, client: "itself" };
  if (size === undefined) return { length, client: "unknown" };
  return { length, client: addressesIn(view, size) };
}

const LOCAL = 0x20;
const PROXY = 0x21;

function addressesIn(view: DataView, size: 4 | 16): Required<ProxiedClient> {
  const ports = FIXED + 2 * size;
  const endpoint = (i: 0 | 1): Endpoint => ({
    hostname: addressAt(view, FIXED + i * size, size),
    port: view.getUint16(ports + 2 * i),
  });
  return { source: endpoint(0), destination: endpoint(1) };
}

function addressAt(view: DataView, at: number, size: 4 | 16): string {
  if (size === 4) return [0, 1, 2, 3].map((i) => view.getUint8(at + i)).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(at + 2 * i).toString(16));
  return shortest(groups.join(":"));
}

function malformed(how: string): ProtocolError {
  return new ProtocolError(`a malformed header of a proxy (PROXY protocol): ${how}`);
}
