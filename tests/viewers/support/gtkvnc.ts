import { join } from "node:path";
import { type Picture, readPng } from "./picture.ts";
import { Program } from "./program.ts";
import { tempDir } from "./temp_dir.ts";

/**
 * Takes a screenshot with gtk-vnc's gvnccapture.
 * @param port The TCP port, which it wants counted from 5900.
 * @throws {Error} With what it said, when it is refused.
 */
export async function gvnccapture(port: number, password: string): Promise<Picture> {
  await using scratch = await tempDir();
  const file = join(scratch.path, "screen.png");
  // It asks for the password on a terminal and takes it from nowhere else; script is one.
  await using program = new Program("script", {
    args: ["-qec", `gvnccapture 127.0.0.1:${port - 5900} ${file}`, "/dev/null"],
  });
  await program.expect(/Password: /);
  await program.write(`${password}\n`);
  await program.expect(/Saved display to/);
  return await readPng(file);
}
