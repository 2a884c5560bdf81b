import { dirname, join } from "node:path";

/** Debian 13, checked by apt with the keys that every Debian has: 12's signs 13's list too. */
const SOURCE = "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] " +
  "http://deb.debian.org/debian trixie main\n";

/**
 * Makes a folder with packages of Debian 13 and everything that they depend on, unpacked and not
 * set up. It takes apt-get and dpkg-deb, but no special right, and changes nothing on the system.
 * @param folder Is complete as soon as it is there; one that somebody else makes meanwhile stays.
 * @throws {Error} With the last words of what failed.
 */
export async function makeDebianFolder(folder: string, packages: readonly string[]): Promise<void> {
  const parent = dirname(folder);
  await Deno.mkdir(parent, { recursive: true });
  const scratch = await Deno.makeTempDir({ dir: parent, prefix: ".new-" });
  try {
    const root = join(scratch, "root");
    await Deno.mkdir(root);
    for (const file of await download(scratch, packages)) await run("dpkg-deb", "-x", file, root);
    await Deno.rename(root, folder).catch(async (error) => {
      if (!(await isFolder(folder))) throw error;
    });
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** Downloads packages with all that they need, and tells the files. */
async function download(scratch: string, packages: readonly string[]): Promise<string[]> {
  const at = (name: string) => join(scratch, name);
  for (const name of ["lists/partial", "archives/partial"]) {
    await Deno.mkdir(at(name), { recursive: true });
  }
  await Deno.writeTextFile(at("sources.list"), SOURCE);
  // Where nothing is installed, apt-get downloads all that is needed.
  await Deno.writeTextFile(at("status"), "");
  // The rest of the system's settings applies, such as a proxy.
  const settings = {
    "Dir::Etc::SourceList": at("sources.list"),
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::Etc::PreferencesParts": "/dev/null",
    "Dir::State": scratch,
    "Dir::State::status": at("status"),
    "Dir::Cache": scratch,
    // The user that apt otherwise downloads as can't enter this folder.
    "APT::Sandbox::User": "root",
    // Otherwise a list that can't be had is only a warning.
    "APT::Update::Error-Mode": "any",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  const aptGet = (...args: string[]) => run("apt-get", "-qq", ...options, ...args);
  await aptGet("update");
  await aptGet("install", "--yes", "--no-install-recommends", "--download-only", ...packages);
  return [...Deno.readDirSync(at("archives"))]
    .filter(({ name }) => name.endsWith(".deb"))
    .map(({ name }) => at(`archives/${name}`));
}

async function run(command: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args,
    env: { LC_ALL: "C.UTF-8" },
    stdin: "null",
    stdout: "null",
  }).output();
  if (success) return;
  const said = new TextDecoder().decode(stderr).trim().split("\n").slice(-3).join("; ");
  throw new Error(`${command} failed: ${said}`);
}

const isFolder = (path: string): Promise<boolean> =>
  Deno.stat(path).then(({ isDirectory }) => isDirectory, () => false);
