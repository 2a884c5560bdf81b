// Files that other VNC servers' tools write.

import { assertEquals } from "@std/assert";
import { parsePasswordFile } from "../../src/security/accounts/password_file.ts";

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

async function vncpasswd(lines: string): Promise<Uint8Array> {
  const child = new Deno.Command("vncpasswd", {
    args: ["-f"],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(lines));
  await writer.close();
  return (await child.output()).stdout;
}

Deno.test("vncpasswd: one password, or two", async () => {
  for (const password of ["secret", "12345678", "p a\\s$"]) {
    const { full, viewOnly } = parsePasswordFile(await vncpasswd(`${password}\n`));
    assertEquals([text(full), viewOnly], [password, undefined]);
  }
  const { full, viewOnly } = parsePasswordFile(await vncpasswd("control\nwatching\n"));
  assertEquals([text(full), text(viewOnly)], ["control", "watching"]);
});

Deno.test("vncpasswd cuts what is too long", async () => {
  assertEquals(text(parsePasswordFile(await vncpasswd("averylongone\n")).full), "averylon");
});

Deno.test("x11vnc -storepasswd", async () => {
  const file = await Deno.makeTempFile();
  try {
    for (const password of ["secret12", "abcdef"]) {
      const { success } = await new Deno.Command("x11vnc", {
        args: ["-storepasswd", password, file],
        stdout: "null",
        stderr: "null",
      }).output();
      assertEquals(success, true);
      const { full, viewOnly } = parsePasswordFile(await Deno.readFile(file));
      assertEquals([text(full), viewOnly], [password, undefined]);
    }
  } finally {
    await Deno.remove(file);
  }
});
