import { assertEquals } from "@std/assert";
import { clientOf, forwardedHostOf, type RequestMarks } from "../../src/web/forwarded.ts";

const LOCAL = { hostname: "127.0.0.1", port: 5900 };

/** A connection from there; private where it is this machine. */
const from = (hostname: string) => ({
  peer: `${hostname}:4000`,
  remote: { hostname, port: 4000 },
  local: LOCAL,
  isPrivate: hostname === "127.0.0.1",
});

const isTrusted = (address: string) => address === "127.0.0.1" || address.startsWith("10.");

const marks = (some: Partial<RequestMarks> = {}): RequestMarks => ({
  forwardedFor: [],
  forwardedProto: [],
  forwardedHost: [],
  host: { name: "localhost", port: 5900 },
  origin: undefined,
  ...some,
});

/** Who it is for whom a trusted proxy of this machine forwards. */
const addressBehind = (...forwardedFor: string[]) =>
  clientOf(from("127.0.0.1"), false, marks({ forwardedFor }), isTrusted).remote.hostname;

Deno.test("a trusted proxy tells for whom it forwards", () => {
  const client = clientOf(
    from("127.0.0.1"),
    false,
    marks({ forwardedFor: ["203.0.113.5"], forwardedProto: ["https"] }),
    isTrusted,
  );
  assertEquals(client, {
    peer: "203.0.113.5 through 127.0.0.1:4000",
    remote: { hostname: "203.0.113.5", port: 0 },
    local: LOCAL,
    isPrivate: true,
    isSecure: true,
    isDoubtful: false,
  });
});

Deno.test("the last address that isn't a trusted proxy's counts: what stands in front is invented", () => {
  assertEquals(addressBehind("127.0.0.1, 198.51.100.1, 203.0.113.5"), "203.0.113.5");
  assertEquals(addressBehind("198.51.100.1, 203.0.113.5, 10.0.0.1, 10.0.0.2"), "203.0.113.5");
  assertEquals(addressBehind("nonsense, 203.0.113.5"), "203.0.113.5");
  assertEquals(addressBehind("198.51.100.1", "203.0.113.5,10.0.0.1"), "203.0.113.5");
  assertEquals(addressBehind("203.0.113.5", "10.0.0.1"), "203.0.113.5");
  // Somebody who sits at one of the proxies.
  assertEquals(addressBehind("10.0.0.3, 10.0.0.1"), "10.0.0.3");
});

Deno.test("addresses may have ports, brackets and spaces around them", () => {
  const same = ["203.0.113.5:1234", "  203.0.113.5\t", "::ffff:203.0.113.5", ", 203.0.113.5 ,"];
  for (const entry of same) assertEquals(addressBehind(entry), "203.0.113.5", entry);
  const six = ["2001:db8::1", "[2001:db8::1]", "[2001:DB8::1]:443"];
  for (const entry of six) assertEquals(addressBehind(entry), "2001:db8::1", entry);
});

Deno.test("what is no address leaves the connection's own", () => {
  const wrong = [
    ...["", "unknown", "_hidden", "203.0.113.256", "203.0.113", "203.0.113.5:x", "2001:db8::g"],
    ...["[2001:db8::1", "fe80::1%eth0", "for=203.0.113.5", "a.example", "203.0.113.5, x"],
    ...["203.0.113.5, x, 10.0.0.1", "203.0.113.5 198.51.100.1", "\u0000", "1".repeat(8000)],
  ];
  for (const entry of wrong) assertEquals(addressBehind(entry), "127.0.0.1", entry.slice(0, 30));
});

const isPrivate = (address: string, isTls: boolean, some: Partial<RequestMarks>) =>
  clientOf(from(address), isTls, marks(some), isTrusted).isPrivate;

Deno.test("a line is private where no part of it can be read along", () => {
  const [forwardedFor, https] = [["203.0.113.5"], ["https"]];
  assertEquals(isPrivate("127.0.0.1", false, { forwardedFor, forwardedProto: https }), true);
  assertEquals(isPrivate("127.0.0.1", false, { forwardedFor, forwardedProto: ["wss"] }), true);
  // The browser's part isn't, or nobody knows.
  assertEquals(isPrivate("127.0.0.1", false, { forwardedFor, forwardedProto: ["http"] }), false);
  assertEquals(isPrivate("127.0.0.1", false, { forwardedFor }), false);
  for (const mixed of [["https, http"], ["http, https"], ["https", "http"], ["httpsx"]]) {
    assertEquals(isPrivate("127.0.0.1", false, { forwardedFor, forwardedProto: mixed }), false);
  }
  // The proxy's part isn't.
  assertEquals(isPrivate("10.0.0.1", false, { forwardedFor, forwardedProto: https }), false);
});

Deno.test("nobody is believed who isn't trusted", () => {
  const forged = marks({
    forwardedFor: ["127.0.0.1"],
    forwardedProto: ["https"],
    forwardedHost: ["vnc.example.org"],
  });
  const client = clientOf(from("203.0.113.9"), false, forged, isTrusted);
  assertEquals([client.peer, client.remote.hostname], ["203.0.113.9:4000", "203.0.113.9"]);
  assertEquals([client.isPrivate, client.isSecure, client.isDoubtful], [false, false, true]);
  assertEquals(clientOf(from("203.0.113.9"), true, forged, isTrusted).isPrivate, true);
  const nobody = () => false;
  assertEquals(clientOf(from("127.0.0.1"), false, forged, nobody).isPrivate, false);
  assertEquals(forwardedHostOf("203.0.113.9", ["a"], isTrusted), undefined);
});

Deno.test("a proxy that says nothing is seen by whom the browser asks for", () => {
  const at = (name: string, origin?: string) =>
    isPrivate("127.0.0.1", false, { host: { name, port: 80 }, origin });
  const here = ["localhost", "127.0.0.1", "::1", "a.localhost"];
  assertEquals(here.map((name) => at(name)), here.map(() => true));
  assertEquals(["192.0.2.1", "vnc.example.org"].map((name) => at(name)), [false, false]);
  // It put its own idea of a host in place of the browser's.
  assertEquals(at("127.0.0.1", "http://vnc.example.org"), false);
  assertEquals(at("127.0.0.1", "https://vnc.example.org"), true);
  assertEquals(at("127.0.0.1", "http://localhost:8080"), true);
  assertEquals(isPrivate("203.0.113.9", false, { origin: "https://vnc.example.org" }), false);
});

Deno.test("the next proxy's word for the host counts", () => {
  const host = (...lines: string[]) => forwardedHostOf("127.0.0.1", lines, isTrusted);
  assertEquals(host("vnc.example.org"), "vnc.example.org");
  assertEquals(host("evil.example, vnc.example.org"), "vnc.example.org");
  assertEquals(host("evil.example", "vnc.example.org:8443"), "vnc.example.org:8443");
  assertEquals([host(), host(""), host(" , ")], [undefined, undefined, undefined]);
});
