import { homedir } from "node:os";
import { join } from "node:path";
import { makeDebianFolder } from "./debian_folder.ts";
import { file, type Prerequisite, program } from "./prerequisites.ts";

/** A program as new as Debian 13's. */
export interface NewProgram extends Prerequisite {
  /** What starts it: the file to run, and the arguments before its own. */
  readonly command: readonly [string, ...string[]];
}

/** Where the parts of a program are on this kind of machine. */
const MACHINE = {
  x86_64: { libraries: "usr/lib/x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  aarch64: { libraries: "usr/lib/aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
}[Deno.build.arch];

/** The folder for what tests fetch, which may be removed at any time; they fetch it again. */
const CACHE = join(Deno.env.get("XDG_CACHE_HOME") || join(homedir(), ".cache"), "vncd-tests");

/**
 * A program of Debian 13: the system's own on Debian 13 or newer. Elsewhere it is fetched into a
 * folder in the user's cache, and runs there with the libraries of Debian 13.
 * @example
 * const viewer = debian13Program("xtigervncviewer", "tigervnc-viewer");
 * await provide([viewer], "a viewer");
 * const [path, ...first] = viewer.command;
 */
export function debian13Program(name: string, debianPackage: string): NewProgram {
  if (isDebian13(osRelease())) return { ...program(name, debianPackage), command: [name] };
  const folder = join(CACHE, `debian13-${Deno.build.arch}`, debianPackage);
  const path = join(folder, "usr/bin", name);
  const libraries = join(folder, MACHINE.libraries);
  return {
    ...file(path, debianPackage),
    name: `${name} of Debian 13`,
    fetch: () => makeDebianFolder(folder, [debianPackage]),
    // The loader is part of the C library, and fits only its own.
    command: [join(libraries, MACHINE.loader), "--library-path", libraries, path],
  };
}

function osRelease(): string {
  try {
    return Deno.readTextFileSync("/etc/os-release");
  } catch {
    return "";
  }
}

/**
 * Whether a system is Debian 13 or newer.
 * @param release Its /etc/os-release, see os-release(5).
 */
export function isDebian13(release: string): boolean {
  if (!/^ID="?debian"?$/m.test(release)) return false;
  // Debian's testing and unstable have no number.
  const version = release.match(/^VERSION_ID="?(\d+)/m)?.[1];
  return version === undefined || Number(version) >= 13;
}
