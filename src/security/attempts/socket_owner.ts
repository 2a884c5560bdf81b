import { ipv6Groups } from "../../rfb/addresses.ts";
import type { Endpoint } from "../../rfb/connection.ts";

/**
 * The number of the user who owns the peer's end of a connection within this machine; undefined where
 * the system doesn't tell.
 */
export type SocketOwner = (remote: Endpoint, local: Endpoint) => Promise<number | undefined>;

/** Bytes of Linux's tables of sockets that are read at most: some hundred thousand sockets. */
const LONGEST_TABLE = 16 << 20;

const READ_SIZE = 64 * 1024;
const O_RDONLY_CLOEXEC = 0o2000000;

const LIBC = {
  open: { parameters: ["buffer", "i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize", nonblocking: true },
  close: { parameters: ["i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

type Libc = Deno.DynamicLibrary<typeof LIBC>["symbols"];

/** Finds owners in Linux's tables of TCP sockets; undefined on other systems. */
export function linuxSocketOwner(): SocketOwner | undefined {
  if (Deno.build.os !== "linux") return undefined;
  let libc: Libc;
  try {
    libc = Deno.dlopen("libc.so.6", LIBC).symbols;
  } catch {
    return undefined;
  }
  return async (remote, local) => {
    const port = hexPort(remote);
    for (const file of ["/proc/net/tcp", "/proc/net/tcp6"]) {
      for await (const line of linesOf(libc, file)) {
        // Few of maybe very many lines are worth taking apart.
        if (!line.includes(port)) continue;
        const owner = ownerInLine(line, remote, local);
        if (owner !== undefined) return owner;
      }
    }
    return undefined;
  };
}

/** The lines of a file that Deno opens for nobody without all permissions, as those below /proc. */
async function* linesOf(libc: Libc, path: string): AsyncGenerator<string> {
  const descriptor = libc.open(new TextEncoder().encode(`${path}\0`), O_RDONLY_CLOEXEC);
  if (descriptor < 0) return;
  try {
    const buffer = new Uint8Array(READ_SIZE);
    const decoder = new TextDecoder();
    let rest = "";
    for (let total = 0; total < LONGEST_TABLE;) {
      const count = Number(await libc.read(descriptor, buffer, BigInt(buffer.length)));
      if (count <= 0) break;
      total += count;
      const lines = (rest + decoder.decode(buffer.subarray(0, count))).split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
  } finally {
    libc.close(descriptor);
  }
}

/**
 * The owner that a line of /proc/net/tcp or tcp6 names, if it is about the peer's socket: the one whose
 * local address is our remote one. A socket that its program has closed (inode 0) has no owner any
 * more: its 0 isn't root.
 */
export function ownerInLine(line: string, remote: Endpoint, local: Endpoint): number | undefined {
  const [, from, to, , , , , uid, , inode] = line.trim().split(/\s+/);
  if (from === undefined || to === undefined || inode === undefined || inode === "0") {
    return undefined;
  }
  return isAt(from, remote) && isAt(to, local) ? Number(uid) : undefined;
}

/** Whether a place in such a line, `0100007F:170C`, is this one. */
function isAt(place: string, end: Endpoint): boolean {
  const { hostname } = end;
  if (!place.endsWith(hexPort(end))) return false;
  const [address] = place.split(":");
  // A program may reach an IPv4 address through an IPv6 socket.
  const groups = ipv6Groups(hostname.includes(":") ? hostname : `::ffff:${hostname}`);
  const whole = wordsInHex(groups);
  return address === whole || (!hostname.includes(":") && address === whole.slice(-8));
}

/** A port as it stands there: `:170C`. */
function hexPort({ port }: Endpoint): string {
  return `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** An IPv6 address as Linux writes it there: four words of 32 bits, each in the machine's byte order. */
function wordsInHex(groups: readonly number[]): string {
  const bytes = groups.flatMap((group) => [group >> 8, group & 255]);
  const words = [0, 4, 8, 12].flatMap((at) => bytes.slice(at, at + 4).reverse());
  return words.map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
}
