// deno-lint-ignore-file no-console -- it tells who waits
/** Something outside of this repository that tests use. */
export interface Prerequisite {
  /** What is looked for: `Xvfb`. */
  readonly name: string;
  /** The Debian package that has it. */
  readonly package: string;
  isThere(): boolean;
  /** Gets it where installing the package is not the way; anybody may do that. */
  fetch?(): Promise<void>;
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

/** Those to be installed, and those to be fetched. */
const split = (needs: readonly Prerequisite[]) => ({
  installed: needs.filter((need) => need.fetch === undefined),
  fetched: needs.filter((need) => need.fetch !== undefined),
});

/** What they are, and how one gets them, for a person. */
export function describe(needs: readonly Prerequisite[]): string {
  const { installed, fetched } = split(needs);
  const names = (of: readonly Prerequisite[]) => of.map((need) => need.name).join(", ");
  const ways = [];
  if (installed.length > 0) {
    ways.push(`${names(installed)} (on Debian: apt-get install ${packagesOf(installed)})`);
  }
  if (fetched.length > 0) ways.push(`${names(fetched)} (fetched where apt-get can)`);
  return ways.join(", ");
}

/**
 * Installs and fetches what is missing, where that may be done.
 * @param reason For a person who waits: "what the tests need".
 */
export async function provide(needs: readonly Prerequisite[], reason: string): Promise<void> {
  const { installed, fetched } = split(missing(needs));
  if (installed.length > 0 && mayInstall()) {
    const packages = packagesOf(installed);
    await attempt(`Installing ${reason}: ${packages}`, () => install(packages.split(" ")));
  }
  for (const need of fetched) {
    // One that came with another is there by now.
    if (!need.isThere()) await attempt(`Fetching ${reason}: ${need.name}`, () => need.fetch!());
  }
}

/** Does what takes a while; a failure is only told: what is missing then decides what runs. */
async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  console.error(what);
  try {
    await work();
  } catch (error) {
    console.error(String(error));
  }
}
