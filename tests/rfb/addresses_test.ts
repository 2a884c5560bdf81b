import { assertEquals } from "@std/assert";
import { isLocal, networkOf, placeOf } from "../../src/rfb/addresses.ts";

const NETWORKS: readonly (readonly [address: string, network: string])[] = [
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:1234:3:4:5:6", "2001:db8:1:1200::/56"],
  ["2001:db8:1:12ff::9", "2001:db8:1:1200::/56"],
  ["2001:db8:1:1300::9", "2001:db8:1:1300::/56"],
  ["2001:db8::1", "2001:db8:0:0::/56"],
  ["::", "0:0:0:0::/56"],
  ["fe80::1%eth0", "fe80:0:0:0::/56"],
];

for (const [address, network] of NETWORKS) {
  Deno.test(`${address} is of ${network}`, () => assertEquals(networkOf(address), network));
}

Deno.test("a connection is local that never leaves the machine", () => {
  const ends = (remote: string, local: string) =>
    isLocal({ remote: { hostname: remote, port: 1 }, local: { hostname: local, port: 2 } });
  assertEquals(ends("127.0.0.1", "127.0.0.1"), true);
  assertEquals(ends("127.0.0.5", "127.0.0.1"), true);
  assertEquals(ends("::1", "::1"), true);
  assertEquals(ends("192.0.2.1", "192.0.2.1"), true);
  assertEquals(ends("192.0.2.2", "192.0.2.1"), false);
  const place = (remote: string) =>
    placeOf({ remote: { hostname: remote, port: 1 }, local: { hostname: "2001:db8::1", port: 2 } });
  assertEquals(["2001:db8::1", "2001:db8::2"].map(place), ["this machine", "2001:db8:0:0::/56"]);
});
