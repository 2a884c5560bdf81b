import { assertEquals } from "@std/assert";
import { isNetwork, trustedProxies } from "../../src/web/trusted_proxies.ts";

Deno.test("addresses and networks of both families are known from other texts", () => {
  const networks = ["192.0.2.7", "10.0.0.0/8", "0.0.0.0/0", "192.0.2.7/32", "::1", "2001:db8::/32"];
  const others = ["", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0/8", "10.0.0.256", "/8"];
  for (const text of [...networks, "::/0", "::ffff:10.0.0.0/104", "2001:DB8::1"]) {
    assertEquals(isNetwork(text), true, text);
  }
  for (const text of [...others, "::/129", "::1/-1", "fe80::1%eth0", "localhost", "[::1]"]) {
    assertEquals(isNetwork(text), false, text);
  }
});

/** Some networks, and addresses with whether they are in one of them. */
const CASES: readonly (readonly [networks: readonly string[], Record<string, boolean>])[] = [
  [[], { "127.0.0.1": false, "::1": false, "": false, "nobody": false }],
  [["192.0.2.7"], { "192.0.2.7": true, "192.0.2.8": false, "::ffff:192.0.2.7": true }],
  [["10.0.0.0/8"], { "10.255.0.1": true, "11.0.0.1": false, "::ffff:10.1.2.3": true }],
  [["192.0.2.77/24"], { "192.0.2.1": true, "192.0.3.1": false }],
  [["192.0.2.0/31"], { "192.0.2.1": true, "192.0.2.2": false }],
  [["0.0.0.0/0"], { "203.0.113.5": true, "2001:db8::1": false }],
  [["::1"], { "::1": true, "0:0:0:0:0:0:0:1": true, "::2": false, "127.0.0.1": false }],
  [["2001:db8::/32"], { "2001:db8:ffff::1": true, "2001:DB8::1": true, "2001:db9::1": false }],
  [["fe80::/10"], { "fe80::1%eth0": true, "fe80::1": true }],
  [["::ffff:10.0.0.0/104"], { "10.1.2.3": true, "::ffff:10.1.2.3": true, "11.0.0.1": false }],
  [["::1", "10.0.0.0/8"], { "::1": true, "10.0.0.1": true, "192.0.2.1": false }],
];

for (const [networks, addresses] of CASES) {
  Deno.test(`who is in ${networks.join(" or ") || "no network"}`, () => {
    const isTrusted = trustedProxies(networks);
    for (const [address, expected] of Object.entries(addresses)) {
      assertEquals(isTrusted(address), expected, address);
    }
  });
}
