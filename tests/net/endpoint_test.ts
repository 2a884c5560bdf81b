import { assertEquals } from "@std/assert";
import { ipv6Groups } from "../../src/net/endpoint.ts";

Deno.test("an IPv6 address has eight groups, however it is written", () => {
  assertEquals(ipv6Groups("::1"), [0, 0, 0, 0, 0, 0, 0, 1]);
  assertEquals(ipv6Groups("1::"), [1, 0, 0, 0, 0, 0, 0, 0]);
  assertEquals(ipv6Groups("1:2:3:4:5:6:7:FFFF"), [1, 2, 3, 4, 5, 6, 7, 0xffff]);
  assertEquals(ipv6Groups("::ffff:192.0.2.7"), [0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0207]);
});
