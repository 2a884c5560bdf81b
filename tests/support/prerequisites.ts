// deno-lint-ignore-file no-console -- it tells who waits
/** Something outside of this repository that tests use. */
export interface Prerequisite {
  /** What is looked for: `Xvfb`. */
  readonly name: string;
  /** The Debian package that has it. */
  readonly package: string;
  isThere(): boolean;
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** A program on the PATH. */
export function program(name: string, debianPackage: string): Prerequisite {
  const folders = (Deno.env.get("PATH") ?? "").split(":").filter((folder) => folder !== "");
  const isThere = () => folders.some((folder) => exists(`${folder}/${name}`));
  return { name, package: debianPackage, isThere };
}

/** A shared library that the system's linker finds. */
export function library(name: string, debianPackage: string): Prerequisite {
  const isThere = () => {
    try {
      Deno.dlopen(name, {}).close();
      return true;
    } catch {
      return false;
    }
  };
  return { name, package: debianPackage, isThere };
}

/** A file, such as a header or a font. */
export function file(path: string, debianPackage: string): Prerequisite {
  return { name: path, package: debianPackage, isThere: () => exists(path) };
}

/** Whether packages may be installed here: on a Debian-like system, as root. */
export function mayInstall(): boolean {
  return Deno.build.os === "linux" && Deno.uid() === 0 && program("apt-get", "apt").isThere();
}

async function aptGet(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("apt-get", {
    args: ["-qq", "-o", "DPkg::Lock::Timeout=300", ...args],
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
    stdout: "null",
  }).output();
  if (!success) {
    const said = new TextDecoder().decode(stderr).trim();
    throw new Error(`apt-get ${args[0]} failed: ${said.split("\n").slice(-3).join("; ")}`);
  }
}

/**
 * Installs Debian packages, as many as can be had.
 * @throws {Error} With apt-get's last words about each that can't.
 */
export async function install(packages: readonly string[]): Promise<void> {
  const installAll = (...names: string[]) =>
    aptGet("install", "--yes", "--no-install-recommends", ...names);
  await aptGet("update");
  try {
    return await installAll(...packages);
  } catch {
    // One name that the distribution doesn't know keeps apt-get from installing any.
  }
  const failures: string[] = [];
  for (const name of packages) {
    await installAll(name).catch((error: Error) => failures.push(`${name}: ${error.message}`));
  }
  if (failures.length > 0) throw new Error(failures.join("\n"));
}

/** Those that are not there. */
export const missing = (needs: readonly Prerequisite[]): Prerequisite[] =>
  needs.filter((need) => !need.isThere());

const packagesOf = (needs: readonly Prerequisite[]): string =>
  [...new Set(needs.map((need) => need.package))].join(" ");

/** What they are, and how one gets them, for a person. */
export function describe(needs: readonly Prerequisite[]): string {
  const names = needs.map((need) => need.name).join(", ");
  return `${names} (on Debian: apt-get install ${packagesOf(needs)})`;
}

/**
 * Installs what is missing, where that may be done.
 * @param reason For a person who waits: "what the tests need".
 */
export async function provide(needs: readonly Prerequisite[], reason: string): Promise<void> {
  const packages = packagesOf(missing(needs));
  if (packages === "" || !mayInstall()) return;
  console.error(`Installing ${reason}: ${packages}`);
  try {
    await install(packages.split(" "));
  } catch (error) {
    console.error(String(error));
  }
}
