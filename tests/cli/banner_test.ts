import { assert, assertEquals } from "@std/assert";
import { type BannerFacts, startBanner } from "../../src/cli/banner.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const FACTS: BannerFacts = {
  title: "X11 display :0",
  addresses: [{ hostname: "::", port: 5900 }],
  webAddresses: [{ hostname: "::", port: 5900 }],
  interfaces: ["127.0.0.1", "192.0.2.7", "::1", "2001:db8::7", "fe80::1"],
  passwordSource: { from: "chance", text: "k7fmqxp2", passwords: { full: bytes("k7fmqxp2") } },
  policy: ["ra2", "x509plain", "vnc", "tight"],
  users: undefined,
  systemUsers: undefined,
  fingerprints: {},
  viewOnly: false,
};

Deno.test("the banner says what is shared, where, and the password made for it", () => {
  assertEquals(
    startBanner(FACTS),
    `vncd is ready.

  Shares      X11 display :0
  Connect to  192.0.2.7:5900  (192.0.2.7:0)
              [2001:db8::7]:5900  ([2001:db8::7]:0)
              localhost:5900  (localhost:0)
  In browsers https://192.0.2.7:5900/
              https://[2001:db8::7]:5900/
              http://localhost:5900/
  Password    k7fmqxp2  (until vncd ends; "vncd passwd" sets a lasting one)
  Encrypts    ra2, x509plain
  In clear    vnc, tight
`,
  );
});

Deno.test("the banner names a password file, and never what is in it", () => {
  const passwords = { full: bytes("s3cret"), viewOnly: bytes("s33") };
  const text = startBanner({
    ...FACTS,
    addresses: [{ hostname: "127.0.0.1", port: 40000 }],
    webAddresses: [{ hostname: "127.0.0.1", port: 40001 }],
    passwordSource: { from: "file", file: "/home/me/passwd", passwords },
    policy: ["ra2"],
    fingerprints: { rsa: "01-23-45-67-89-ab-cd-ef" },
    viewOnly: true,
  });
  assertEquals(
    text,
    `vncd is ready.

  Shares      X11 display :0, view only
  Connect to  127.0.0.1:40000
  In browsers http://127.0.0.1:40001/
  Password    the one in /home/me/passwd
              or, to watch only, the second one in it
  Encrypts    ra2
  RSA key     01-23-45-67-89-ab-cd-ef
`,
  );
  assert(!/s3cret|s33/.test(text));
});

Deno.test("the banner names each place once, and no display where none fits", () => {
  const lines = startBanner({
    ...FACTS,
    addresses: [{ hostname: "0.0.0.0", port: 6000 }, { hostname: "::", port: 6000 }],
    webAddresses: [],
    policy: ["none"],
    passwordSource: { from: "nowhere" },
  }).split("\n");
  assertEquals(lines.slice(3), [
    "  Connect to  192.0.2.7:6000",
    "              localhost:6000",
    "              [2001:db8::7]:6000",
    "  Password    none is needed: WHOEVER REACHES 0.0.0.0 OR :: GETS IN",
    "  In clear    none",
    "",
  ]);
});

Deno.test("the banner names accounts and what viewers may ask about", () => {
  const lines = startBanner({
    ...FACTS,
    webAddresses: [],
    policy: ["x509plain"],
    passwordSource: { from: "nowhere" },
    users: "/etc/vncd/users",
    systemUsers: ["alice", "bob"],
    fingerprints: { certificate: { certificate: "AB:CD:EF:01", publicKey: "c2VjcmV0" } },
  }).split("\n");
  assertEquals(lines.slice(6), [
    "  Accounts    those in /etc/vncd/users",
    "              alice, bob, as on this system",
    "  Encrypts    x509plain",
    "  Certificate SHA-256 AB:CD:",
    "                      EF:01",
    "              pin-sha256:c2VjcmV0",
    "",
  ]);
});

Deno.test("the banner says that everybody gets in, even where there is a password", () => {
  const lines = startBanner({
    ...FACTS,
    addresses: [{ hostname: "127.0.0.1", port: 5900 }, { hostname: "::1", port: 5900 }],
    webAddresses: [],
    policy: ["none", "vnc"],
  }).split("\n");
  assertEquals(lines.slice(5, 7), [
    "  Password    none is needed: whoever can connect gets in",
    '              k7fmqxp2  (until vncd ends; "vncd passwd" sets a lasting one)',
  ]);
});

Deno.test("the banner says loudly that a password is cut, wherever viewers may choose that", () => {
  const passwords = { full: bytes("short"), viewOnly: bytes("a long password") };
  const passwordSource = { from: "file", file: "/p", passwords } as const;
  const cut = (...policy: BannerFacts["policy"]) =>
    startBanner({ ...FACTS, policy, passwordSource }).match(/A PASSWORD IS CUT[^]*does$/m)?.[0];
  assertEquals(
    cut("x509vnc", "x509plain", "vnc"),
    "A PASSWORD IS CUT: for x509vnc and vnc, the first 8 of its 15 bytes are enough;\n" +
      '              leave x509vnc and vnc out of --security, as "encrypted" does',
  );
  assert(cut("ra2", "vnc")?.includes("leave vnc out"));
  assertEquals(cut("ra2", "x509plain", "apple", "plain", "tight"), undefined);
  const short = { ...FACTS, policy: ["vnc"] } as const;
  assertEquals(startBanner(short).includes("CUT"), false);
});
