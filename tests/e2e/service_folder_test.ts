import { assertEquals, assertThrows } from "@std/assert";
import { CommandError } from "../../src/cli/failure.ts";
import { provideServiceFolder } from "../../src/cli/service/data_folder.ts";

Deno.test("a folder for the service that leads elsewhere isn't taken", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/elsewhere`);
    await Deno.symlink(`${folder}/elsewhere`, `${folder}/vncd`);
    const { message } = assertThrows(
      () => provideServiceFolder(`${folder}/vncd`, false),
      CommandError,
    );
    assertEquals(message, `${folder}/vncd leads elsewhere, as who made it wants it; remove it`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
