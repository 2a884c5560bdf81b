import { assert, assertEquals, assertMatch } from "@std/assert";
import { RunningVncd } from "../support/vncd.ts";

const DEMO = ["--desktop", "demo", "--port", "0"];

/** The addresses that the banner names. */
const places = ({ banner }: RunningVncd) =>
  [...banner.matchAll(/(\[[^\]]+\]|[\d.]{7,}):\d+/g)].map(([, address]) => address!);

Deno.test("where nobody is asked for anything, only this machine gets in", async () => {
  for (const security of ["none", "x509none", "none,vnc"]) {
    const env = { XDG_STATE_HOME: await Deno.makeTempDir() };
    try {
      await using vncd = await RunningVncd.start([...DEMO, "--security", security], { env });
      assert(places(vncd).length > 0, vncd.banner);
      assert(places(vncd).every((place) => /^127\.|^\[::1\]$/.test(place)), vncd.banner);
    } finally {
      await Deno.remove(env.XDG_STATE_HOME, { recursive: true });
    }
  }
});

Deno.test("who wants it open to everybody has to say so, and is warned", async () => {
  const args = [...DEMO, "--security", "none", "--listen", "0.0.0.0"];
  await using vncd = await RunningVncd.start(args);
  assert(vncd.banner.includes("WHOEVER REACHES 0.0.0.0 GETS IN"), vncd.banner);
});

Deno.test("without any option a password is made, and viewers are asked for it", async () => {
  const env = { XDG_STATE_HOME: await Deno.makeTempDir() };
  try {
    await using vncd = await RunningVncd.start([...DEMO, "--listen", "127.0.0.1"], { env });
    assertMatch(vncd.banner, /Password +[a-km-np-z2-9]{8} /);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: vncd.port });
    const bytes = new Uint8Array(64);
    await connection.read(bytes);
    await connection.write(new TextEncoder().encode("RFB 003.008\n"));
    await connection.read(bytes);
    assertEquals(bytes.subarray(1, 1 + bytes[0]!).includes(1), false);
  } finally {
    await Deno.remove(env.XDG_STATE_HOME, { recursive: true });
  }
});
