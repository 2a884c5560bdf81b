import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { CommandError } from "../../src/cli/failure.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { findCredentials } from "../../src/cli/credentials.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A home of its own, and what vncd finds in it. */
class Home implements Disposable {
  readonly folder = Deno.makeTempDirSync();
  readonly warnings: string[] = [];

  write(name: string, content: string | Uint8Array, mode = 0o600): string {
    const file = `${this.folder}/${name}`;
    Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    Deno.writeFileSync(
      file,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
    Deno.chmodSync(file, mode);
    return file;
  }

  credentials(args: string[], environment: Record<string, string> = {}) {
    const { options } = parseCommandLine(args, {});
    const log = { warn: (message: string) => this.warnings.push(message), info: () => {} };
    return findCredentials(options, { HOME: this.folder, ...environment }, log);
  }

  find(args: string[], environment: Record<string, string> = {}) {
    return this.credentials(args, environment).passwords;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

Deno.test("without any file, the password is random", () => {
  using home = new Home();
  const source = home.find([]);
  assertEquals(source.from, "chance");
  if (source.from !== "chance") return;
  assertMatch(source.text, /^\w{8}$/);
  assertEquals(text(source.passwords.full), source.text);
  assertEquals(source.passwords.viewOnly, undefined);
});

Deno.test("the file asked for comes before vncd's own, that before vncpasswd's", () => {
  using home = new Home();
  const obfuscated = Uint8Array.fromHex("24b5ae4ce15503c6");
  const found = (args: string[] = [], environment = {}) => {
    const source = home.find(args, environment);
    return source.from === "file" && [source.file, text(source.passwords.full)];
  };
  const theirs = home.write(".vnc/passwd", obfuscated);
  assertEquals(found(), [theirs, "secret12"]);
  const own = home.write(".config/vncd/passwd", "own\n");
  assertEquals(found(), [own, "own"]);
  const elsewhere = home.write("xdg/vncd/passwd", "xdg\n");
  assertEquals(found([], { XDG_CONFIG_HOME: `${home.folder}/xdg` }), [elsewhere, "xdg"]);
  assertEquals(found([], { XDG_CONFIG_HOME: "relative" }), [own, "own"]);
  const named = home.write("named", "named\n");
  assertEquals(found(["--password-file", named]), [named, "named"]);
  assertEquals(home.warnings, []);
});

Deno.test("without security there is no password, whatever files there are", () => {
  using home = new Home();
  const file = home.write(".vnc/passwd", "secret\n");
  assertEquals(home.find(["--security", "none"]), { from: "nowhere" });
  assertEquals(home.warnings, []);
  home.find(["--security", "none", "--password-file", file]);
  assertEquals(home.warnings, ["--security none: nobody is asked, so --password-file isn't used"]);
  home.find(["--security", "none,x509none"]);
  assertEquals(home.find(["--security", "none,vnc"]).from, "file");
});

Deno.test("a file that others can read is worth a warning", () => {
  using home = new Home();
  const file = home.write("passwords", "a long password\nshort\n", 0o644);
  home.find(["--password-file", file]);
  assertEquals(home.warnings.length, 1);
  assertStringIncludes(home.warnings[0]!, `chmod 600 ${file}`);
  assertEquals(home.warnings[0]!.includes("a long"), false);
});

Deno.test("a file that can't be used is named, with the reason", () => {
  using home = new Home();
  const refused = (file: string, reason: string) => {
    const { message } = assertThrows(() => home.find(["--password-file", file]), CommandError);
    assertEquals(message, `can't use password file ${file}: ${reason}`);
  };
  refused(`${home.folder}/none`, "there is no such file");
  refused(home.folder, "it is a directory");
  refused(home.write("empty", ""), "the file is empty");
  refused(home.write("large", "x".repeat(5000)), "it is too large to be one");
  refused("/dev/zero", "it is too large to be one");
  home.write(".config/vncd/passwd", "\n");
  assertThrows(() => home.find([]), CommandError, "first line");
});

Deno.test("a password that Apple's way has no room for isn't for it", () => {
  using home = new Home();
  const fits = home.write("fits", `${"x".repeat(63)}\n`);
  const long = home.write("long", `short\n${"x".repeat(64)}\n`);
  const offersApple = (file: string, security: string) =>
    home.credentials(["--password-file", file, "--security", security]).policy.includes("apple");
  assertEquals(offersApple(fits, "default"), true);
  assertEquals(offersApple(fits, "ra2,apple"), true);
  assertEquals(offersApple(long, "default"), false);
  assertEquals(home.warnings, []);
  assertEquals(offersApple(long, "ra2,apple"), true);
  assertEquals(home.warnings, [
    "viewers that choose apple can't come in with a password of 64 bytes: they send 63 at most; " +
    "leave apple out of --security",
  ]);
});

Deno.test("passwords that VNC Authentication can't tell apart are for others only", () => {
  using home = new Home();
  const file = home.write("passwords", "longpass1\nlongpass2\n");
  const find = (security: string) =>
    home.find(["--password-file", file, "--security", security]).from;
  assertEquals(find("encrypted"), "file");
  assertThrows(() => find("default"), CommandError, "can't tell the two passwords apart");
  assertThrows(() => find("ra2,x509vnc"), CommandError, "leave x509vnc out of --security");
});

Deno.test("a random password is longer where nothing cuts it", () => {
  using home = new Home();
  const length = (security: string) => {
    const source = home.find(["--security", security]);
    return source.from === "chance" ? source.text.length : undefined;
  };
  assertEquals(["default", "vnc", "ra2,x509vnc"].map(length), [8, 8, 8]);
  assertEquals(["encrypted", "ra2_256", "x509plain,apple"].map(length), [16, 16, 16]);
  const { policy } = home.credentials(["--security", "encrypted"]);
  assertEquals(policy, ["ra2_256", "ra2", "x509plain"]);
});
