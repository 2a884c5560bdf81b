import { homedir } from "node:os";
import { join } from "node:path";
import { makeDebianFolder } from "../debian_folder.ts";
import type { Prerequisite } from "../prerequisites.ts";
import { enterPlace } from "./namespace.ts";

/** Wine needs one that Deno's npm packages have for Windows, and 2.9.6 has none there. */
const DENO = "@deno/win32-x64@2.9.5";

/** Wine 10, what compiles for Windows with Windows' headers, and the signs on windows' buttons. */
const PACKAGES = ["wine64", "gcc-mingw-w64-x86-64-win32", "fonts-wine"];

const CACHE = join(Deno.env.get("XDG_CACHE_HOME") || join(homedir(), ".cache"), "vncd-tests");

/**
 * The folder with all that Windows' programs need to run: the root of a small system of its own.
 * Its name changes with what is in it.
 */
export const PLACE = join(CACHE, "wine10-deno2.9.5-2");

/** Where the place has things, as programs inside see them. */
export const WINE = "/usr/lib/wine/wine64";
export const WINESERVER = "/usr/lib/wine/wineserver64";
export const COMPILER = "/usr/bin/x86_64-w64-mingw32-gcc-win32";
export const PREFIX = "/prefix";
export const DENO_FOLDER = "/deno";

/** Wine, ready to run deno.exe. */
export const WINE_PLACE: Prerequisite = {
  name: "Wine 10 with deno.exe",
  package: "wine64",
  isThere: () => isFolder(PLACE),
  fetch: makePlace,
};

/** Wine lacks this DLL, of which Deno needs one function. */
const BCRYPTPRIMITIVES = `
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID data, ULONG size);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  return SystemFunction036(data, (ULONG) size);
}
`;

/** The desktop, which every program joins; it covers X's screen when that has its size. */
export const DESKTOP = { name: "vncd", width: 1024, height: 768 } as const;

const EXPLORER = "HKEY_CURRENT_USER\\Software\\Wine\\Explorer";
const SETTINGS = `REGEDIT4

[${EXPLORER}]
"Desktop"="${DESKTOP.name}"

[${EXPLORER}\\Desktops]
"${DESKTOP.name}"="${DESKTOP.width}x${DESKTOP.height}"
`;

/** Makes the place; it is there as soon as it is complete. */
async function makePlace(): Promise<void> {
  await Deno.mkdir(CACHE, { recursive: true });
  const scratch = await Deno.makeTempDir({ dir: CACHE, prefix: ".new-" });
  try {
    const root = join(scratch, "root");
    await makeDebianFolder(root, PACKAGES);
    await setUp(root);
    await addDeno(root, scratch);
    await using place = await enterPlace(root, { keep: true });
    await place.run([COMPILER, "-shared", "-O1", "-o", `${DENO_FOLDER}/bcryptprimitives.dll`]
      .concat(`${DENO_FOLDER}/bcryptprimitives.c`, "-ladvapi32"));
    const env = { HOME: "/root", WINEPREFIX: PREFIX, WINEDEBUG: "-all", WINESERVER };
    await place.run([WINE, "wineboot", "--init"], { env });
    await place.run([WINE, "regedit", "/S", "Z:\\settings.reg"], { env });
    await place.run([WINESERVER, "-w"], { env });
    await Deno.rename(root, PLACE).catch((error) => {
      // Somebody else has made it meanwhile.
      if (!isFolder(PLACE)) throw error;
    });
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** What the packages would do when they are installed. */
async function setUp(root: string): Promise<void> {
  for (const name of ["bin", "lib", "lib64", "sbin"]) {
    await Deno.symlink(`usr/${name}`, `${root}/${name}`);
  }
  for (const name of ["proc", "dev", "tmp", "root", "vncd", "etc", PREFIX, DENO_FOLDER]) {
    await Deno.mkdir(`${root}/${name}`, { recursive: true });
  }
  await Deno.writeTextFile(`${root}/etc/hosts`, "127.0.0.1 localhost\n");
  await Deno.writeTextFile(`${root}/settings.reg`, SETTINGS);
  // Wine takes a DLL of its own with this mark only.
  const zlib = await Deno.readFile(`${root}/usr/x86_64-w64-mingw32/lib/zlib1.dll`);
  zlib.set(new TextEncoder().encode("Wine builtin DLL\0".padEnd(32, "\0")), 64);
  await Deno.writeFile(`${root}/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll`, zlib);
}

async function addDeno(root: string, scratch: string): Promise<void> {
  await run("npm", ["pack", "--silent", "--pack-destination", scratch, DENO]);
  const archive = [...Deno.readDirSync(scratch)].find(({ name }) => name.endsWith(".tgz"));
  if (archive === undefined) throw new Error(`npm pack ${DENO} gave nothing`);
  const member = "package/deno.exe";
  const target = `${root}${DENO_FOLDER}`;
  await run("tar", ["-xzf", join(scratch, archive.name), "-C", target, "--strip=1", member]);
  await Deno.writeTextFile(`${target}/bcryptprimitives.c`, BCRYPTPRIMITIVES);
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args: [...args],
    stdin: "null",
    stdout: "null",
  }).output();
  if (!success) throw new Error(`${command} failed: ${new TextDecoder().decode(stderr).trim()}`);
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
