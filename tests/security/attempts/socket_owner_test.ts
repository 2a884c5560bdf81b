import { assertEquals } from "@std/assert";
import { ownerInLine } from "../../../src/security/attempts/socket_owner.ts";

/** As in Linux's Documentation/networking/proc_net_tcp.rst. */
const line = (from: string, to: string, uid: number, inode: number) =>
  `   7: ${from} ${to} 01 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0 20 4`;

const V4 = [{ hostname: "127.0.0.1", port: 41822 }, { hostname: "127.0.0.1", port: 5900 }] as const;
const V6 = [{ hostname: "::1", port: 41822 }, { hostname: "::1", port: 5900 }] as const;
const [PEER, HERE] = ["A35E", "170C"];
const LOOPBACK6 = "00000000000000000000000001000000";
const MAPPED = "0000000000000000FFFF00000100007F";

Deno.test("the owner of the peer's socket is found by its addresses", () => {
  assertEquals(ownerInLine(line(`0100007F:${PEER}`, `0100007F:${HERE}`, 1000, 9), ...V4), 1000);
  assertEquals(ownerInLine(line(`${MAPPED}:${PEER}`, `${MAPPED}:${HERE}`, 1000, 9), ...V4), 1000);
  assertEquals(
    ownerInLine(line(`${LOOPBACK6}:${PEER}`, `${LOOPBACK6}:${HERE}`, 0, 9), ...V6),
    0,
  );
});

Deno.test("no other socket is taken for the peer's", () => {
  const others = [
    // Our own end of the connection.
    line(`0100007F:${HERE}`, `0100007F:${PEER}`, 1000, 9),
    line(`0100007F:${PEER}`, `0100007F:170D`, 1000, 9),
    line(`0200007F:${PEER}`, `0100007F:${HERE}`, 1000, 9),
    line(`${LOOPBACK6}:${PEER}`, `${LOOPBACK6}:${HERE}`, 1000, 9),
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
    "",
    "x",
  ];
  for (const other of others) assertEquals(ownerInLine(other, ...V4), undefined, other);
});

Deno.test("a socket that its program has closed isn't root's", () => {
  const closed = line(`0100007F:${PEER}`, `0100007F:${HERE}`, 0, 0);
  assertEquals(ownerInLine(closed, ...V4), undefined);
});
