/*
 * A program of one act, for a test outside: `copy FORMAT=BASE64 ...` puts bytes on the clipboard, `paste
 * FORMAT` prints those that are there, as base64. A format is a number or a name.
 */

import { Buffer } from "node:buffer";
import { loadLibraries } from "../../../src/desktop/windows/libraries.ts";
import { OtherProgram } from "./other_program.ts";

using program = new OtherProgram(loadLibraries());
const idOf = (format: string) => Number(format) || program.named(format);

const [act, ...rest] = Deno.args;
if (act === "copy") {
  program.copy(
    new Map(rest.map((block) => {
      const at = block.indexOf("=");
      return [idOf(block.slice(0, at)), new Uint8Array(Buffer.from(block.slice(at + 1), "base64"))];
    })),
  );
} else {
  const bytes = program.paste(idOf(rest[0]!)) ?? new Uint8Array(0);
  Deno.stdout.writeSync(Buffer.from(Buffer.from(bytes).toString("base64")));
}
