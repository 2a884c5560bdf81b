import { assert, assertEquals, assertRejects } from "@std/assert";
import { isDebian13 } from "../support/debian13.ts";
import { makeDebianFolder } from "../support/debian_folder.ts";

Deno.test("Debian's testing and its releases from 13 on have Debian 13's programs", () => {
  assert(isDebian13('PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_ID="13"\nID=debian\n'));
  assert(isDebian13('PRETTY_NAME="Debian GNU/Linux 14"\nID=debian\nVERSION_ID="14"\n'));
  assert(isDebian13('PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n'));
  assert(!isDebian13('VERSION_ID="12"\nID=debian\n'));
  assert(!isDebian13('VERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n'));
  assert(!isDebian13(""));
});

/** An apt-get that downloads a package named as asked, with all that it needs: itself. */
const APT_GET = `#!/bin/sh
for word in "$@"; do
  case "$word" in Dir::Cache=*) cache=\${word#*=} ;; esac
done
case " $* " in
  *" unknown "*) echo "E: Unable to locate package unknown" >&2; exit 100 ;;
  *" --download-only "*) echo "made of $word" >"$cache/archives/$word.deb" ;;
esac
`;

/** A dpkg-deb that unpacks a package into one file. */
const DPKG_DEB = `#!/bin/sh
cp "$2" "$3/file"
`;

/** Calls `body` with the path of an empty folder, while those two are what runs. */
async function withPackages(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = Deno.env.get("PATH")!;
  try {
    for (const [name, code] of [["apt-get", APT_GET], ["dpkg-deb", DPKG_DEB]] as const) {
      await Deno.writeTextFile(`${folder}/${name}`, code, { mode: 0o755 });
    }
    Deno.env.set("PATH", `${folder}:${path}`);
    await Deno.mkdir(`${folder}/cache`);
    await body(`${folder}/cache`);
  } finally {
    Deno.env.set("PATH", path);
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name);

Deno.test("a folder with packages is made by two at once as by one, and nothing else stays", async () => {
  await withPackages(async (cache) => {
    const make = () => makeDebianFolder(`${cache}/viewer`, ["viewer"]);
    await Promise.all([make(), make()]);
    assertEquals(names(cache), ["viewer"]);
    assertEquals(await Deno.readTextFile(`${cache}/viewer/file`), "made of viewer\n");
  });
});

Deno.test("a folder whose packages can't be had isn't made", async () => {
  await withPackages(async (cache) => {
    const make = makeDebianFolder(`${cache}/unknown`, ["unknown"]);
    await assertRejects(() => make, Error, "apt-get failed: E: Unable to locate package unknown");
    assertEquals(names(cache), []);
  });
});
