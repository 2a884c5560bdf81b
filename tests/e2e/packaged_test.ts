// The one file that `deno task compile` makes, away from the sources.

import { assert, assertEquals, assertMatch } from "@std/assert";
import { permissionFlags } from "../../.build/permission_flags.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { ROOT } from "../support/root.ts";
import { TestViewer } from "../support/test_viewer.ts";
import { greeting, RunningVncd, runVncd } from "../support/vncd.ts";

/** A copy of dist/vncd and an empty home, in a folder of their own whose name has a space. */
class Place implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "vncd test " });
  readonly vncd = `${this.folder}/vncd`;
  readonly home = `${this.folder}/home`;
  readonly cache = `${this.home}/.cache/vncd`;
  /** How to run it there, with all that it writes inside of this folder. */
  readonly options = {
    command: [this.vncd],
    cwd: this.home,
    env: { HOME: this.home, TMPDIR: this.folder } as Record<string, string>,
  };

  constructor() {
    Deno.mkdirSync(this.home);
    Deno.copyFileSync(`${ROOT}dist/vncd`, this.vncd);
  }

  /** The folder of what was unpacked. */
  unpacked(base = this.cache): string {
    const [name, ...more] = [...Deno.readDirSync(base)].map((entry) => entry.name);
    assertEquals(more, []);
    return `${base}/${name}`;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

const isVersion = (text: string) => assertMatch(text, /^vncd \d+\.\d+\.\d+\n$/);

const build = await new Deno.Command(Deno.execPath(), { args: ["task", "compile"], cwd: ROOT })
  .output();
if (!build.success) throw new Error(new TextDecoder().decode(build.stderr));

/** Whether it is the self-extracting file, rather than what `deno compile` makes. */
const isPacked = (await Deno.readFile(`${ROOT}dist/vncd`)).subarray(0, 2).toHex() === "2321";

Deno.test("the one file helps, tells its version, and refuses what it doesn't know", async () => {
  using place = new Place();
  const help = await runVncd(["--help"], place.options);
  assertEquals([help.code, help.stderr], [0, ""]);
  assertMatch(help.stdout, /^Shares .*--password-file/s);
  isVersion((await runVncd(["--version"], place.options)).stdout);
  assertEquals(await runVncd(["--prot", "1"], place.options), {
    code: 2,
    stdout: "",
    stderr: "vncd: unknown option --prot; did you mean --port?\n",
  });
});

Deno.test("the one file writes a password file", async () => {
  using place = new Place();
  const result = await runVncd(["passwd"], { ...place.options, input: "secret12\nsecret12\nn\n" });
  assertEquals([result.code, result.stderr], [0, ""]);
  assertEquals(await Deno.readTextFile(`${place.home}/.config/vncd/passwd`), "secret12\n");
});

Deno.test("the one file shares a desktop until a signal ends it", async () => {
  using place = new Place();
  const args = ["--desktop", "demo", "--listen", "127.0.0.1", "--port", "0"];
  await using vncd = await RunningVncd.start(args, place.options);
  assertEquals(await greeting(vncd.port), "RFB 003.008\n");
  assertEquals((await vncd.end("SIGTERM")).code, 0);
});

Deno.test("the one file encodes on threads, and exactly", async () => {
  using place = new Place();
  const args = ["--desktop", "demo", "--listen", "127.0.0.1", "--port", "0", "--security", "none"];
  await using vncd = await RunningVncd.start([...args, "--log-level", "debug"], place.options);
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: vncd.port });
  const viewer = new TestViewer(new TcpConnection(connection));
  await viewer.login();
  const receive = async (encoding: number) => {
    await viewer.setEncodings(encoding);
    await viewer.request(false);
    await viewer.update();
    return viewer.picture.pixels.slice();
  };
  const exact = await receive(ENCODING.Raw);
  await vncd.logs("encoding on");
  assertEquals(await receive(ENCODING.ZRLE), exact);
  viewer.close();
  const { log, code } = await vncd.end("SIGTERM");
  assertEquals([code, log.includes("thread for encoding")], [0, false], log);
});

Deno.test("the one file has a JPEG codec of its own, for where libturbojpeg is broken", async () => {
  using place = new Place();
  await Deno.writeTextFile(`${place.folder}/libturbojpeg.so.0`, "not a library");
  const env = { ...place.options.env, LD_LIBRARY_PATH: place.folder };
  const args = ["--desktop", "demo", "--listen", "127.0.0.1", "--port", "0"];
  await using vncd = await RunningVncd.start(args, { ...place.options, env });
  assertMatch((await vncd.end()).log, /JPEG pictures are made by .* in WebAssembly/);
});

Deno.test({
  name: "first starts at the same time don't disturb each other",
  ignore: !isPacked,
  async fn() {
    using place = new Place();
    const starts = [1, 2, 3].map(() => runVncd(["--version"], place.options));
    for (const { code, stdout, stderr } of await Promise.all(starts)) {
      assertEquals([code, stderr], [0, ""]);
      isVersion(stdout);
    }
    const names = [...Deno.readDirSync(place.unpacked())].map(({ name }) => name);
    assertEquals(names.sort(), ["deno", "state", "vncd.js"]);
    assertEquals((await Deno.stat(place.cache)).mode! & 0o777, 0o700);
  },
});

Deno.test({
  name: "what was unpacked and isn't whole any more is unpacked again",
  ignore: !isPacked,
  async fn() {
    using place = new Place();
    await runVncd(["--version"], place.options);
    const { size } = await Deno.stat(`${place.unpacked()}/deno`);
    await Deno.truncate(`${place.unpacked()}/deno`, size - 1);
    isVersion((await runVncd(["--version"], place.options)).stdout);
    await Deno.writeTextFile(`${place.unpacked()}/vncd.js`, "console.log('other')");
    isVersion((await runVncd(["--version"], place.options)).stdout);
    await Deno.remove(`${place.unpacked()}/deno`);
    isVersion((await runVncd(["--version"], place.options)).stdout);
  },
});

Deno.test({
  name: "unpacking removes versions that nobody starts any more, and what was left half done",
  ignore: !isPacked,
  async fn() {
    using place = new Place();
    const day = 24 * 3600 * 1000;
    const make = async (path: string, age: number) => {
      const folder = `${place.cache}/${path}`;
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
      await Deno.writeTextFile(`${folder}/deno`, "");
      await Deno.utime(folder, new Date(Date.now() - age), new Date(Date.now() - age));
    };
    await make("old", 2 * day);
    await make("recent/new.old", 2 * day);
    await make("recent/new.recent", day / 2);
    await Deno.symlink(place.home, `${place.cache}/link`);
    isVersion((await runVncd(["--version"], place.options)).stdout);
    const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    const key = names(place.cache).find((name) => /^[0-9a-f]{64}$/.test(name))!;
    assertEquals(names(place.cache), [key, "link", "recent"].sort());
    assertEquals(names(`${place.cache}/recent`), ["new.recent"]);

    // A start says that a version is still in use.
    const own = `${place.cache}/${key}`;
    const before = new Date(Date.now() - 2 * day);
    await Deno.utime(own, before, before);
    isVersion((await runVncd(["--version"], place.options)).stdout);
    assert(Number((await Deno.stat(own)).mtime) > Date.now() - day);
  },
});

Deno.test({
  name: "without a cache of its own, it unpacks below TMPDIR",
  ignore: !isPacked,
  async fn() {
    using place = new Place();
    const { env } = place.options;
    const fallback = `${place.folder}/vncd-${Deno.uid()}`;
    const elsewhere = async (home: Record<string, string>) => {
      const options = { ...place.options, env: { TMPDIR: env.TMPDIR!, ...home } };
      isVersion((await runVncd(["--version"], options)).stdout);
      assert(place.unpacked(fallback));
      await Deno.remove(fallback, { recursive: true });
    };
    await elsewhere({});
    await elsewhere({ HOME: "/proc/nothing" });
    await elsewhere({ HOME: "/proc/nothing", XDG_CACHE_HOME: "relative" });
    // A cache that others may write to could hold a program of theirs.
    await Deno.mkdir(place.cache, { recursive: true });
    await Deno.chmod(place.cache, 0o777);
    await elsewhere({ HOME: place.home });
  },
});

Deno.test({
  name: "a file that isn't whole is refused",
  ignore: !isPacked,
  async fn() {
    using place = new Place();
    const { size } = await Deno.stat(place.vncd);
    await Deno.truncate(place.vncd, size - 1000);
    const { code, stdout, stderr } = await runVncd(["--version"], place.options);
    assertEquals([code, stdout], [1, ""]);
    assertMatch(stderr, /^vncd: can't unpack .* damaged.*\n$/);
  },
});

Deno.test("a user's settings for Deno don't matter", async () => {
  using place = new Place();
  const env = {
    ...place.options.env,
    DENO_DIR: "/proc/nothing",
    DENO_V8_FLAGS: "--no-such-flag",
    DENO_NO_PROMPT: "",
  };
  await Deno.writeTextFile(`${place.home}/deno.json`, "not JSON");
  await Deno.writeTextFile(`${place.home}/package.json`, "not JSON");
  await Deno.writeTextFile(`${place.home}/.npmrc`, "registry=not a url");
  const { code, stdout, stderr } = await runVncd(["--version"], { ...place.options, env });
  assertEquals([code, stderr], [0, ""]);
  isVersion(stdout);
});

Deno.test({
  name: "the one file starts in a folder that is gone",
  ignore: !isPacked,
  async fn() {
    using place = new Place();
    const command = ["sh", "-c", 'mkdir gone && cd gone && rmdir ../gone && exec "$0" --version'];
    const options = { ...place.options, command: [...command, place.vncd] };
    const { code, stdout, stderr } = await runVncd([], options);
    // The shell may complain of the folder; vncd has no reason to.
    assertEquals([code, stderr.includes("error")], [0, false], stderr);
    isVersion(stdout);
  },
});

Deno.test("permissions become arguments", () => {
  const set = { net: true, ffi: false, sys: ["hostname", "uid"], read: [] };
  assertEquals(permissionFlags(set), ["--allow-net", "--allow-sys=hostname,uid"]);
});
