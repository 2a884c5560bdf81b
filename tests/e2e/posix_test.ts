// What only POSIX systems have must not be reached on Windows.

import { assertEquals } from "@std/assert";
import { ROOT } from "../support/root.ts";

/** Calls, files and programs of POSIX systems. */
const POSIX: Readonly<Record<string, RegExp>> = {
  "a user or group": /\bDeno\.(?:uid|gid|chownSync|chown|umask)\b/,
  "a file's mode": /\bDeno\.chmod(?:Sync)?\b|\bmode\s*&/,
  "a mode for a new file": /\bmode: 0o/,
  "a link": /\bDeno\.(?:symlink|link|readLink)(?:Sync)?\b/,
  "a signal": /\bDeno\.kill\b|\bDeno\.addSignalListener\b/,
  "a place": /["'`]\/(?:dev|proc|etc|bin|usr|tmp|var|run)\b/,
  "a C library": /"lib[\w-]+\.so[.\d]*"/,
};

/** Where they are, and why Windows doesn't get there, or why it does no harm there. */
const REASONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "src/cli/folders.ts": { "a place": "compared with HOME, which counts on other systems only" },
  "src/cli/log_file.ts": { "a mode for a new file": "Windows ignores it" },
  "src/cli/signals.ts": { "a signal": "a list of its own for Windows" },
  "src/cli/users_source.ts": { "a place": "the name of PAM's service, which only Linux uses" },
  "src/desktop/x11/libraries.ts": { "a C library": "only --desktop x11 comes here" },
  "src/encodings/jpeg/turbojpeg.ts": { "a C library": "it throws on Windows before" },
  "src/net/sock_diag.ts": { "a C library": "a check for Linux stands before" },
  "src/security/accounts/pam.ts": { "a C library": "openSystemAccounts: Linux only" },
  "src/security/secret_file.ts": {
    "a user or group": "keepOwner returns on Windows before",
    "a file's mode": "isOpen and keepOwner return on Windows before",
    "a mode for a new file": "Windows ignores it; createPrivately does there what it does here",
  },
  "src/server/consent/command.ts": {
    "a signal": "a process group's; Windows has a branch of its own",
    "a place": "the shell; Windows has a branch of its own",
  },
};

function* sources(folder = "src"): Generator<{ file: string; text: string }> {
  for (const { name, isDirectory } of Deno.readDirSync(ROOT + folder)) {
    const file = `${folder}/${name}`;
    if (isDirectory) yield* sources(file);
    else if (name.endsWith(".ts")) {
      const text = Deno.readTextFileSync(ROOT + file).replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
      yield { file, text };
    }
  }
}

Deno.test("each use of what only POSIX systems have has a reason why Windows can do with it", () => {
  const found: Record<string, string[]> = {};
  for (const { file, text } of sources()) {
    const kinds = Object.keys(POSIX).filter((kind) => POSIX[kind]!.test(text));
    if (kinds.length > 0) found[file] = kinds;
  }
  const explained = Object.fromEntries(
    Object.entries(REASONS).map(([file, reasons]) => [file, Object.keys(reasons)]),
  );
  const sorted = (uses: Record<string, string[]>) =>
    Object.entries(uses).map(([file, kinds]) => `${file}: ${kinds.toSorted().join(", ")}`).sort();
  assertEquals(sorted(found), sorted(explained));
});
