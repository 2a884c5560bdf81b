import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { CommandError } from "../../src/cli/failure.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { findPasswords } from "../../src/cli/password_source.ts";

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

  find(args: string[], environment: Record<string, string> = {}) {
    const { options } = parseCommandLine(args, {});
    const warn = (message: string) => this.warnings.push(message);
    return findPasswords(options, { HOME: this.folder, ...environment }, warn);
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
  assertEquals(home.warnings, ["--security none: the password file isn't used"]);
});

Deno.test("a file that others can read, and a long password, are worth a warning", () => {
  using home = new Home();
  const file = home.write("passwords", "a long password\nshort\n", 0o644);
  home.find(["--password-file", file]);
  assertEquals(home.warnings.length, 2);
  assertStringIncludes(home.warnings[0]!, `chmod 600 ${file}`);
  assertStringIncludes(home.warnings[1]!, "15 bytes");
  assertStringIncludes(home.warnings[1]!, "only the first 8");
  assertEquals(home.warnings.some((warning) => warning.includes("a long")), false);
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
