import { assertEquals } from "@std/assert";
import {
  ordinaryUsersCanChange,
  ordinaryUsersCanReplace,
} from "../../src/security/access/windows_access.ts";
import { runInside } from "../support/wine/inside.ts";

await runInside("tests/windows/inside/access.ts");

// Wine has no junctions; to Deno they are links like those of this machine.
Deno.test("a link counts as what others can change, wherever it leads", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.symlink("/", `${folder}/link`);
    assertEquals(ordinaryUsersCanChange(`${folder}/link`), true);
    assertEquals(ordinaryUsersCanReplace(`${folder}/link`), true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
