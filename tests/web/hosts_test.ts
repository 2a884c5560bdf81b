import { assertEquals } from "@std/assert";
import { parseAuthority } from "../../src/web/authority.ts";
import { Hosts } from "../../src/web/hosts.ts";

const named = ["vnc.example.org", "Desk.Example.org."];
const hosts = new Hosts("Box.example.net.", named, [
  "box.example.net",
  "localhost",
  "Vnc.example.",
]);

const accepts = (text: string) => hosts.accepts(parseAuthority(text)!);

Deno.test("vncd is asked for by an address, by its machine's names, and by those it was given", () => {
  const own = [
    ...["192.0.2.1", "127.0.0.1:5900", "[::1]", "[2001:db8::1]:5901"],
    ...["localhost", "LOCALHOST:5900", "a.localhost", "localhost."],
    ...["box", "Box:5900", "box.local", "box.example.net", "BOX.EXAMPLE.NET.:80"],
    ...["vnc.example.org", "vnc.example.org.", "desk.example.org:8443", "vnc.example"],
  ];
  assertEquals(own.filter((host) => !accepts(host)), []);
});

Deno.test("any other name may be one that leads here for somebody else", () => {
  const others = [
    ...["evil.example", "example.org", "a.vnc.example.org", "vnc.example.org.evil.example"],
    ...["box.evil.example", "localhost.evil.example", "xlocalhost", "local", "boxx", "example.net"],
    ...["127.0.0.1.evil.example", "127.1", "0x7f000001", "2130706433", "1.2.3", "1.2.3.4.5"],
  ];
  assertEquals(others.filter(accepts), []);
});

Deno.test("a machine without a domain is known by its name", () => {
  const plain = new Hosts("box", []);
  assertEquals(["box", "box.local", "other"].map((name) => plain.accepts({ name, port: 1 })), [
    true,
    true,
    false,
  ]);
  // An empty name is nobody's.
  assertEquals(new Hosts("", []).accepts({ name: "a.local", port: 1 }), false);
});

const refusal = (origin: string | undefined, host: string, isSecure = false, site?: string) =>
  hosts.refusal({ origin, site, host: parseAuthority(host)!, isSecure });

Deno.test("a page opens a WebSocket to where it is from", () => {
  const same: [string, string, boolean?][] = [
    ["http://192.0.2.1:5900", "192.0.2.1:5900"],
    ["http://box", "box"],
    ["http://box", "box:80"],
    ["http://box:80", "box"],
    ["https://box", "box:443", true],
    ["https://box:443", "box", true],
    ["http://BOX.example.net", "box.example.net."],
    ["http://[::1]:5900", "[::1]:5900"],
    // A proxy ends TLS in front of here.
    ["https://box", "box", false],
    // It puts its own idea of a host in place of the browser's.
    ["https://vnc.example.org", "127.0.0.1:5900"],
    ["https://vnc.example.org:8443", "vnc.example.org"],
  ];
  for (const [origin, host, isSecure] of same) {
    assertEquals(refusal(origin, host, isSecure), undefined, origin);
  }
});

Deno.test("a page from elsewhere opens none", () => {
  const others: [string, string, boolean?][] = [
    ["http://evil.example", "192.0.2.1:5900"],
    ["http://192.0.2.1", "192.0.2.1:5900"],
    ["http://192.0.2.1:8080", "192.0.2.1:5900"],
    ["http://localhost:5900", "127.0.0.1:5900"],
    // Pages of other programs on the same machine, or on the browser's.
    ["http://localhost:8000", "localhost:5900"],
    ["http://localhost", "192.0.2.1:5900"],
    ["https://box.example.net:8443", "box.example.net:5900", true],
    ["https://vnc.example:8443", "vnc.example:5900", true],
    ["https://vnc.example", "192.0.2.1:5900", true],
    ["http://box:443", "box", false],
    ["https://box", "box:80", false],
    ["http://box:5900.evil.example", "box:5900"],
    ["http://box.evil.example:5900", "box:5900"],
    ["http://a.vnc.example.org", "vnc.example.org"],
    ["http://[::2]:5900", "[::1]:5900"],
    ["null", "box"],
    ["", "box"],
    ["file://", "localhost"],
    ["chrome-extension://box", "box"],
    ["http://box@evil.example", "box"],
    ["http://box, http://evil.example", "box"],
    [`http://${"a".repeat(100_000)}`, "box"],
    // Somebody on the way may have changed that page.
    ["http://box:5900", "box:5900", true],
    ["http://vnc.example.org", "vnc.example.org", true],
  ];
  for (const [origin, host, isSecure] of others) {
    assertEquals(typeof refusal(origin, host, isSecure), "string", origin.slice(0, 50));
  }
});

Deno.test("who isn't a browser has no page that could be from elsewhere", () => {
  assertEquals(refusal(undefined, "box"), undefined);
});

Deno.test("what a browser says of the page's site counts, too", () => {
  const at = (site: string) => refusal("http://box", "box", false, site) === undefined;
  assertEquals(["same-origin", "none", "same-site", "cross-site", "", "x"].map(at), [
    ...[true, true, false, false, false, false],
  ]);
  assertEquals(typeof refusal(undefined, "box", false, "cross-site"), "string");
});
