import { assertEquals } from "@std/assert";
import { isLoopbackName, parseAuthority, parseOrigin } from "../../src/web/authority.ts";

Deno.test("hosts are names and addresses, with a port or without", () => {
  const hosts: [string, string, number | undefined][] = [
    ["example.org", "example.org", undefined],
    ["EXAMPLE.org.:5900", "example.org", 5900],
    ["my_box-2", "my_box-2", undefined],
    ["192.0.2.1:80", "192.0.2.1", 80],
    ["[::1]:65535", "::1", 65535],
    ["[2001:DB8::1]", "2001:db8::1", undefined],
    ["[::ffff:192.0.2.1]:1", "::ffff:192.0.2.1", 1],
  ];
  for (const [text, name, port] of hosts) assertEquals(parseAuthority(text), { name, port }, text);
});

Deno.test("what else a Host header may hold is no host", () => {
  const wrong = [
    ...["", ".", ":80", "a:", "a:0", "a:65536", "a:123456", "a:-1", "a:8o", "a.:b"],
    ...["user@a", "user:word@a", "a/b", "a?b", "a#b", "a b", " a", "a\t", "a,b", "a;b", "a'b", "*"],
    ...["[fe80::1%eth0]", "[fe80::1%25eth0]", "[::1", "::1", "[]", "[::g]", "[1.2.3.4]", "[::1]x"],
    ...["a..b", ".a", "a..", "\u00e9.org", "a\0", "a\n", `${"a".repeat(263)}`],
  ];
  for (const text of wrong) assertEquals(parseAuthority(text), undefined, JSON.stringify(text));
  assertEquals(parseAuthority("a".repeat(262))?.name.length, 262);
});

Deno.test("an origin has its scheme's port where it names none", () => {
  const origin = (scheme: string, name: string, port: number) => ({ scheme, name, port });
  assertEquals(parseOrigin("http://a"), origin("http", "a", 80) as never);
  assertEquals(parseOrigin("https://a"), origin("https", "a", 443) as never);
  assertEquals(parseOrigin("https://A.b.:8443"), origin("https", "a.b", 8443) as never);
  assertEquals(parseOrigin("http://[::1]:5900"), origin("http", "::1", 5900) as never);
});

Deno.test("what is no page's own origin is none", () => {
  const wrong = [
    ...["", "null", "a", "//a", "http:", "http://", "http:/a", "ws://a", "wss://a", "file://"],
    ...["chrome-extension://abcdef", "http://a/", "http://a/b", "http://u@a", "http://a, http://a"],
    ...["http://a http://b", " http://a", "http://a ", "http://a?b", "javascript://a", "HTTP//a"],
  ];
  for (const text of wrong) assertEquals(parseOrigin(text), undefined, JSON.stringify(text));
});

Deno.test("some names mean the machine that uses them, everywhere", () => {
  const own = ["localhost", "a.b.localhost", "127.0.0.1", "127.9.9.9", "::1"];
  assertEquals(own.filter(isLoopbackName), own);
  const others = ["localhost.a", "notlocalhost", "127.0.0.1.a", "127.a", "128.0.0.1", "::2", "box"];
  assertEquals(others.filter(isLoopbackName), []);
});
