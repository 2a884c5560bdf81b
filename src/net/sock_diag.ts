import { isIP } from "node:net";
import { type Endpoint, ipv6Groups } from "./endpoint.ts";

/** What the system's kernel knows of a TCP socket of this machine. */
export interface SocketFacts {
  /** The number of the user who made it; undefined when no program has it open any more. */
  readonly uid?: number;
  /**
   * The smoothed round-trip time to its peer in milliseconds; undefined before a first measurement.
   */
  readonly roundTrip?: number;
}

/**
 * Asks about the socket that is bound to `source` and connected to `destination`; undefined: there
 * is none.
 */
export type SockDiag = (source: Endpoint, destination: Endpoint) => SocketFacts | undefined;

const LIBC = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

type Libc = Deno.DynamicLibrary<typeof LIBC>["symbols"];

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 0o2000003;
const NETLINK_SOCK_DIAG = 4;
const MSG_DONTWAIT = 0x40;
const SOCK_DIAG_BY_FAMILY = 20;
const NLM_F_REQUEST = 1;
const AF_INET6 = 10;
const IPPROTO_TCP = 6;
const TCP_LISTEN = 10;
const INET_DIAG_INFO = 2;

/** `struct nlmsghdr` and `struct inet_diag_req_v2`. */
const REQUEST_LENGTH = 16 + 56;
/** `struct nlmsghdr` and `struct inet_diag_msg`; attributes follow. */
const ANSWER_LENGTH = 16 + 72;
const LARGEST_ANSWER = 4096;

/** Where `tcpi_rtt` is in `struct tcp_info`. */
const TCPI_RTT = 68;

/**
 * A way to ask Linux about TCP sockets, whoever has them, by their addresses: NETLINK_SOCK_DIAG,
 * sock_diag(7), which no right is needed for. A question takes some 20 µs, however many sockets
 * there are.
 * @returns Undefined on other systems.
 */
export function openSockDiag(): SockDiag | undefined {
  if (Deno.build.os !== "linux") return undefined;
  let libc: Libc;
  try {
    libc = Deno.dlopen("libc.so.6", LIBC).symbols;
  } catch {
    return undefined;
  }
  return (source, destination) => {
    if (!isIP(source.hostname) || !isIP(destination.hostname)) return undefined;
    for (const scope of scopesOf(source.hostname)) {
      const answer = ask(libc, request(source, destination, scope));
      const facts = answer && factsIn(answer);
      if (facts !== undefined) return facts;
    }
    return undefined;
  };
}

/** The networks in which an address of this machine may be meant; 0 is everywhere. */
function scopesOf(address: string): number[] {
  // fe80::/10 is in each network; which one isn't said with the addresses of a connection.
  if (!/^fe[89ab]/i.test(address)) return [0];
  try {
    return Deno.networkInterfaces()
      .filter((each) => each.address === address)
      .map((each) => each.scopeid ?? 0);
  } catch {
    // Nobody allowed to list them.
    return [];
  }
}

/** The kernel answers before `send` returns. */
function ask(libc: Libc, request: Uint8Array<ArrayBuffer>): DataView | undefined {
  const socket = libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
  if (socket < 0) return undefined;
  try {
    const answer = new Uint8Array(LARGEST_ANSWER);
    if (libc.send(socket, request, BigInt(request.length), 0) < 0) return undefined;
    const length = Number(libc.recv(socket, answer, BigInt(answer.length), MSG_DONTWAIT));
    return length < 0 ? undefined : new DataView(answer.buffer, 0, length);
  } finally {
    libc.close(socket);
  }
}

/** Numbers are in the machine's byte order, which is little-endian wherever Deno runs. */
function request(source: Endpoint, destination: Endpoint, scope: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(REQUEST_LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, REQUEST_LENGTH, true);
  view.setUint16(4, SOCK_DIAG_BY_FAMILY, true);
  view.setUint16(6, NLM_F_REQUEST, true);
  bytes.set([AF_INET6, IPPROTO_TCP, 1 << (INET_DIAG_INFO - 1)], 16);
  // In any state.
  view.setUint32(20, 0xffffffff, true);
  view.setUint16(24, source.port);
  view.setUint16(26, destination.port);
  setAddress(view, 28, source.hostname);
  setAddress(view, 44, destination.hostname);
  view.setUint32(60, scope, true);
  // INET_DIAG_NOCOOKIE: whatever came before at these addresses.
  bytes.fill(0xff, 64, 72);
  return bytes;
}

/** Mapped into IPv6, an address of IPv4 is found in sockets of both families. */
function setAddress(view: DataView, offset: number, address: string): void {
  const groups = ipv6Groups(address.includes(":") ? address : `::ffff:${address}`);
  for (const [n, group] of groups.entries()) view.setUint16(offset + 2 * n, group);
}

function factsIn(answer: DataView): SocketFacts | undefined {
  if (answer.byteLength < ANSWER_LENGTH) return undefined;
  if (answer.getUint16(4, true) !== SOCK_DIAG_BY_FAMILY) return undefined;
  // Where no connection is, Linux finds who would take one.
  if (answer.getUint8(17) === TCP_LISTEN) return undefined;
  const inode = answer.getUint32(84, true);
  const roundTrip = roundTripIn(answer);
  return {
    ...(inode !== 0 && { uid: answer.getUint32(80, true) }),
    ...(roundTrip !== 0 && { roundTrip: roundTrip / 1000 }),
  };
}

/** Microseconds; 0 where it doesn't say. */
function roundTripIn(answer: DataView): number {
  const length = answer.byteLength;
  // `struct rtattr` and its value, padded to 4 bytes.
  for (let at = ANSWER_LENGTH; at + 4 <= length;) {
    const [size, type] = [answer.getUint16(at, true), answer.getUint16(at + 2, true)];
    if (size < 4 || at + size > length) return 0;
    if (type === INET_DIAG_INFO) {
      return size < 4 + TCPI_RTT + 4 ? 0 : answer.getUint32(at + 4 + TCPI_RTT, true);
    }
    at += (size + 3) & ~3;
  }
  return 0;
}
