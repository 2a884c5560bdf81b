import { assert, assertEquals, assertThrows } from "@std/assert";
import { encodeLatin1 } from "../../src/latin1.ts";
import { ProtocolError } from "../../src/rfb/errors.ts";
import { parseProxyHeader } from "../../src/web/proxy_header.ts";
import { concat } from "../support/bytes.ts";
import { binaryProxyHeader, proxyBytes, proxyLine } from "../support/proxy_header.ts";

const at = (hostname: string, port: number) => ({ hostname, port });

const V4 = [at("203.0.113.5", 41822), at("192.0.2.1", 5900)] as const;
const V6 = [at("2001:db8::5", 41822), at("2001:db8:1::1", 5900)] as const;
const EDGES = [at("255.255.255.255", 65535), at("0.0.0.0", 0)] as const;
const LONG = "2001:0db8:ffff:ffff:ffff:ffff:ffff:ffff";

/** 107 bytes: the longest line that there can be. */
const LONGEST_LINE = encodeLatin1(`PROXY UNKNOWN ${LONG} ${LONG} 65535 65535\r\n`);

/** Headers, and for whom they say that the proxy connects. */
const HEADERS = {
  "version 1 with IPv4": [proxyLine(...V4), V4],
  "version 1 with IPv6": [proxyLine(...V6), V6],
  "version 1 with the largest and the smallest": [proxyLine(...EDGES), EDGES],
  "version 1 with UNKNOWN": [encodeLatin1("PROXY UNKNOWN\r\n"), "unknown"],
  "version 1 with UNKNOWN and more": [LONGEST_LINE, "unknown"],
  "version 2 with IPv4": [binaryProxyHeader(...V4), V4],
  "version 2 with IPv6": [binaryProxyHeader(...V6), V6],
  "version 2 with the largest and the smallest": [binaryProxyHeader(...EDGES), EDGES],
  "version 2 with something behind the addresses": [
    binaryProxyHeader(...V4, [3, 0, 4, 1, 2, 3, 4]),
    V4,
  ],
  "version 2 of the longest kind": [
    binaryProxyHeader(...V6, new Array<number>(1024 - 36).fill(4)),
    V6,
  ],
  "version 2 from the proxy itself": [proxyBytes(0x20, 0, []), "itself"],
  "version 2 from the proxy itself, with addresses": [
    proxyBytes(0x20, 0x11, new Array<number>(12).fill(0)),
    "itself",
  ],
  "version 2 without addresses": [proxyBytes(0x21, 0, []), "unknown"],
  "version 2 from a unix socket": [
    proxyBytes(0x21, 0x31, new Array<number>(216).fill(0)),
    "unknown",
  ],
  "version 2 from a datagram": [proxyBytes(0x21, 0x12, new Array<number>(12).fill(0)), "unknown"],
} as const;

for (const [name, [header, expected]] of Object.entries(HEADERS)) {
  Deno.test(`${name}: read as a whole, and no sooner`, () => {
    for (let length = 0; length < header.length; length++) {
      assertEquals(parseProxyHeader(header.subarray(0, length)), undefined, `${length}`);
    }
    const client = typeof expected === "string"
      ? expected
      : { source: expected[0], destination: expected[1] };
    assertEquals(parseProxyHeader(header), { length: header.length, client });
    const more = concat(header, encodeLatin1("\r\nRFB 003.008\n"));
    assertEquals(parseProxyHeader(more)?.length, header.length);
  });
}

Deno.test("IPv6 addresses come in their usual form, and IPv4's as what they are", () => {
  const sourceOf = (header: Uint8Array) => {
    const client = parseProxyHeader(header)?.client;
    assert(typeof client === "object");
    return client.source.hostname;
  };
  const forms = {
    "2001:0DB8:0:0:0:0:0:5": "2001:db8::5",
    "::ffff:203.0.113.5": "203.0.113.5",
    "0:0:0:0:0:ffff:cb00:7105": "203.0.113.5",
    "::1": "::1",
  };
  for (const [text, form] of Object.entries(forms)) {
    assertEquals(sourceOf(proxyLine(at(text, 1), at("::1", 2))), form);
    assertEquals(sourceOf(binaryProxyHeader(at(text, 1), at("::1", 2))), form);
  }
});

/** What is no header, and a word of why. */
const MALFORMED = {
  "PROXY TCP4 203.0.113.5 192.0.2.1 41822\r\n": "two ports",
  "PROXY TCP4 203.0.113.5 192.0.2.1 41822 5900 1\r\n": "two ports",
  "PROXY TCP4  203.0.113.5 192.0.2.1 41822 5900\r\n": "two ports",
  "PROXY TCP4 203.0.113.256 192.0.2.1 41822 5900\r\n": "a wrong address",
  "PROXY TCP4 203.0.113.5 2001:db8::1 41822 5900\r\n": "a wrong address",
  "PROXY TCP6 203.0.113.5 192.0.2.1 41822 5900\r\n": "a wrong address",
  "PROXY TCP6 fe80::1%2 fe80::2 41822 5900\r\n": "a wrong address",
  "PROXY TCP4 localhost 192.0.2.1 41822 5900\r\n": "a wrong address",
  "PROXY TCP4 203.0.113.5 192.0.2.1 65536 5900\r\n": "a wrong port",
  "PROXY TCP4 203.0.113.5 192.0.2.1 41822 -1\r\n": "a wrong port",
  "PROXY TCP4 203.0.113.5 192.0.2.1 041822 5900\r\n": "a wrong port",
  "PROXY TCP4 203.0.113.5 192.0.2.1 4.5 5900\r\n": "a wrong port",
  "PROXY TCP4 203.0.113.5 192.0.2.1 41822 \r\n": "a wrong port",
  "PROXY TCP4 203.0.113.5 192.0.2.1 41822 5900\nRFB\r\n": "a wrong port",
  "PROXY UDP4 203.0.113.5 192.0.2.1 41822 5900\r\n": "TCP4",
  "PROXY \r\n": "TCP4",
  "PROXY UNKNOWNS\r\n": "TCP4",
  "PROXIES": "no header",
  "\r\n\r\n\0\r\nQUIP": "no header",
};

for (const [text, reason] of Object.entries(MALFORMED)) {
  Deno.test(`${JSON.stringify(text)} is malformed: ${reason}`, () => {
    assertThrows(() => parseProxyHeader(encodeLatin1(text)), ProtocolError, reason);
  });
}

/** Headers of version 2 that are none, by their fields. */
const MALFORMED_BYTES = {
  "version 1": [0x11, 0x11, 12],
  "version 3": [0x31, 0x11, 12],
  "command 2": [0x22, 0x11, 12],
  "kind 65": [0x21, 0x41, 12],
  "kind 19": [0x21, 0x13, 12],
  "too short for its addresses": [0x21, 0x11, 11],
  "1025 bytes": [0x20, 0, 1025],
} as const;

for (const [reason, [command, family, rest]] of Object.entries(MALFORMED_BYTES)) {
  Deno.test(`version 2 is malformed as soon as that is seen: ${reason}`, () => {
    const header = proxyBytes(command, family, new Array<number>(rest).fill(0));
    assertThrows(() => parseProxyHeader(header.subarray(0, 16)), ProtocolError, reason);
  });
}

Deno.test("version 2 with IPv6 addresses needs room for them", () => {
  const header = proxyBytes(0x21, 0x21, new Array<number>(35).fill(0));
  assertThrows(() => parseProxyHeader(header), ProtocolError, "too short");
});

Deno.test("a line ends within 107 bytes", () => {
  const endless = encodeLatin1("PROXY UNKNOWN ".padEnd(107, "x"));
  assertEquals(parseProxyHeader(endless.subarray(0, 106)), undefined);
  assertThrows(() => parseProxyHeader(endless), ProtocolError, "doesn't end");
  assertThrows(
    () => parseProxyHeader(concat(endless, encodeLatin1("\r\n"))),
    ProtocolError,
    "doesn't end",
  );
});
