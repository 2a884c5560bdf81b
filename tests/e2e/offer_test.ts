// What vncd's command line offers viewers to choose from, as it comes over TCP.

import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { connectViewer, type Ends, OWN_ADDRESS } from "../support/tcp_viewer.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { readTightOffer } from "../support/tight.ts";
import { VncdHome } from "../support/vncd_home.ts";

const numbers = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i));
};

/** Reads a server's greeting and the security types; a text where it refuses. */
async function readTypes(viewer: TestViewer, version: string): Promise<readonly number[] | string> {
  await viewer.read(12);
  await viewer.send([...new TextEncoder().encode(`RFB ${version}\n`)]);
  const types = version === "003.003"
    ? numbers(await viewer.read(4)).filter((type) => type !== 0)
    : [...await viewer.read((await viewer.read(1))[0]!)];
  if (types.length > 0) return types;
  const [length] = numbers(await viewer.read(4));
  return new TextDecoder().decode(await viewer.read(length!));
}

async function readSubtypes(viewer: TestViewer): Promise<number[]> {
  await viewer.write(19);
  await viewer.read(2);
  await viewer.write(0, 2);
  const [, count] = await viewer.read(2);
  return numbers(await viewer.read(4 * count!));
}

async function readInsideTight(viewer: TestViewer): Promise<number[]> {
  await viewer.write(16);
  return (await readTightOffer(viewer)).map((each) => parseInt(each));
}

/** All the choices that a viewer has: `129 5 19:261,262 2 16:19,2`, or the reason that there is none. */
async function offer(port: number, ends?: Ends, version = "003.008"): Promise<string> {
  const ask = async <T>(read: (viewer: TestViewer) => Promise<T>): Promise<T> => {
    const viewer = await connectViewer(port, ends);
    try {
      return await read(viewer);
    } finally {
      viewer.close();
    }
  };
  const types = await ask((viewer) => readTypes(viewer, version));
  if (typeof types === "string") return types;
  const inside = (read: (viewer: TestViewer) => Promise<number[]>) =>
    ask(async (viewer) => (await readTypes(viewer, version), await read(viewer)));
  const described = types.map(async (type) => {
    if (type === 19) return `19:${await inside(readSubtypes)}`;
    if (type === 16) return `16:${await inside(readInsideTight)}`;
    return `${type}`;
  });
  return (await Promise.all(described)).join(" ");
}

const ANYWHERE = ["--listen", "0.0.0.0"];
const TOO_OLD = "this viewer is too old for the security that is wanted here";
const NOT_HERE = "the security that is wanted here is not possible on this connection";

interface Policy {
  readonly args: readonly string[];
  /** What a viewer on this machine is offered. */
  readonly here: string;
  /** What one elsewhere is. */
  readonly elsewhere: string;
  /** What one of version 3.3 is; VNC Authentication when left out. */
  readonly old?: string;
}

/** The policies, with NAME for a file of that name. */
const POLICIES: Readonly<Record<string, Policy>> = {
  "the default with a random password": {
    args: [],
    here: "129 5 130 6 19:261,262,256 30 2 16:19,2,129",
    elsewhere: "129 5 130 6 19:261,262 30 2 16:19,2",
  },
  "the default with a short password": {
    args: ["--password-file", "SHORT"],
    here: "129 5 130 6 19:261,262,256 30 2 16:19,2,129",
    elsewhere: "129 5 130 6 19:261,262 30 2 16:19,2",
  },
  "the default with a long password": {
    args: ["--password-file", "LONG"],
    here: "129 5 130 6 19:262,256 30 2 16:19,2,129",
    elsewhere: "129 5 130 6 19:262 30 2 16:19,2",
  },
  "the default with accounts": {
    args: ["--users", "USERS"],
    here: "129 5 130 6 19:262,256 30 16:19,129",
    elsewhere: "129 5 130 6 19:262 30 16:19",
    old: TOO_OLD,
  },
  "the default with accounts and a password": {
    args: ["--users", "USERS", "--password-file", "SHORT"],
    here: "129 5 130 6 19:262,256 30 2 16:19,2,129",
    elsewhere: "129 5 130 6 19:262 30 2 16:19,2",
  },
  "encrypted with a random password": {
    args: ["--security", "encrypted"],
    here: "129 5 19:262",
    elsewhere: "129 5 19:262",
    old: TOO_OLD,
  },
  "encrypted with a short password": {
    args: ["--security", "encrypted", "--password-file", "SHORT"],
    here: "129 5 19:261,262",
    elsewhere: "129 5 19:261,262",
    old: TOO_OLD,
  },
  "compatible": {
    args: ["--security", "compatible"],
    here: "129 5 130 6 30 2 19:256 16:2,129",
    elsewhere: "129 5 130 6 30 2 16:2",
  },
  "a list that begins with the weakest": {
    args: ["--security", "plain,vnc,tight,x509vnc,x509plain,apple,ra2,ra2_256"],
    here: "19:256,261,262 2 16:19,2,129 30 5 129",
    elsewhere: "19:261,262 2 16:19,2 30 5 129",
  },
  "plain alone, which nobody else on the network may use": {
    args: ["--security", "plain"],
    here: "19:256",
    elsewhere: NOT_HERE,
    old: TOO_OLD,
  },
  "none": { args: ["--security", "none"], here: "1", elsewhere: "1", old: "1" },
  "none inside Tight": {
    args: ["--security", "tight,none"],
    here: "16: 1",
    elsewhere: "16: 1",
    old: "1",
  },
  "none inside TLS, and a password": {
    args: ["--security", "x509none,vnc", "--password-file", "SHORT"],
    here: "19:260 2",
    elsewhere: "19:260 2",
  },
};

function fileFor(home: VncdHome, argument: string): string {
  switch (argument) {
    case "SHORT":
      return home.write("short", "open up\n");
    case "LONG":
      return home.write("long", "open up, sesame\n");
    case "USERS":
      return home.write("users", "ann:all:$scrypt$ln=4,r=1,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OQ\n");
    default:
      return argument;
  }
}

for (const [name, { args, here, elsewhere, old = "2" }] of Object.entries(POLICIES)) {
  Deno.test(`what is offered: ${name}`, async () => {
    using home = new VncdHome();
    const files = args.map((argument) => fileFor(home, argument));
    await using vncd = await home.start(...ANYWHERE, ...files);
    assertEquals(await offer(vncd.port), here);
    assertEquals(await offer(vncd.port, {}, "003.007"), here);
    assertEquals(await offer(vncd.port, {}, "003.003"), old);
    if (OWN_ADDRESS === undefined) return;
    const ends = { to: OWN_ADDRESS };
    assertEquals(await offer(vncd.port, ends), elsewhere);
    assertEquals(await offer(vncd.port, ends, "003.007"), elsewhere);
  });
}

const WITHOUT_PASSWORD = ["none", "x509none", "vnc,none", "ra2,x509none"];

/** No place to listen named. */
const SOMEWHERE = ["--desktop", "demo", "--port", "0"];

Deno.test({
  name: "where nobody is asked, only this machine can connect",
  ignore: OWN_ADDRESS === undefined,
  async fn() {
    for (const security of WITHOUT_PASSWORD) {
      using home = new VncdHome();
      await using vncd = await home.startWith([...SOMEWHERE, "--security", security]);
      assertEquals(vncd.banner.includes(OWN_ADDRESS!), false);
      (await connectViewer(vncd.port)).close();
      const ends = { to: OWN_ADDRESS! };
      await assertRejects(() => connectViewer(vncd.port, ends), Deno.errors.ConnectionRefused);
    }
  },
});

Deno.test("nobody asked, but everybody let connect: the banner says it, whatever the log", async () => {
  for (const security of WITHOUT_PASSWORD) {
    using home = new VncdHome();
    const quiet = ["--security", security, "--log-level", "error"];
    await using vncd = await home.start(...ANYWHERE, ...quiet);
    assertMatch(vncd.banner, /Password +none is needed: WHOEVER REACHES 0\.0\.0\.0 GETS IN\n/);
  }
  for (const safe of [["--security", "vnc"], ["--listen", "127.0.0.1", "--security", "none"]]) {
    using home = new VncdHome();
    await using vncd = await home.start(...ANYWHERE, ...safe);
    assertEquals(vncd.banner.includes("GETS IN"), false);
  }
});

Deno.test("where everybody is asked, others on the network can connect unless told otherwise", async () => {
  using home = new VncdHome();
  await using vncd = await home.startWith(SOMEWHERE);
  if (OWN_ADDRESS === undefined) return;
  (await connectViewer(vncd.port, { to: OWN_ADDRESS })).close();
});

Deno.test("a policy that can't work is one clear line", async () => {
  using home = new VncdHome();
  const users = fileFor(home, "USERS");
  const refused: [string[], RegExp][] = [
    [["--security", "tight"], /tight is a choice among others; name some/],
    [["--security", "vnc", "--users", users], /vnc knows no names, so it needs a --password-file/],
    [["--security", "vnc,vncc"], /vncc/],
    [["--security", "encrypted,vnc"], /encrypted/],
    [["--security", ""], /security/],
  ];
  for (const [args, reason] of refused) {
    const { code, stdout, stderr } = await home.run(["--desktop", "demo", "--port", "0", ...args]);
    assertEquals([code > 0, stdout, stderr.split("\n").length], [true, "", 2], stderr);
    assertMatch(stderr, reason);
  }
});
