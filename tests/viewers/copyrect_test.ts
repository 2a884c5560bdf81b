import { assert } from "@std/assert";
import { assertSees } from "./support/sees.ts";
import { startServer } from "./support/server.ts";
import { until } from "../support/until.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

const COPY_RECT = 1;
const RETURN = 0xff0d;
const CONTROL = 0xffe3;
const C = 0x63;

Deno.test("libvncclient copies what the demo desktop scrolls, and stays exact", async () => {
  await using vncget = await compileVncget();
  await using server = await startServer({});
  const options = { port: server.port, encodings: "copyrect zrle" };
  await using viewer = await Vncget.start(vncget, options);
  for (let line = 0; line < 60; line++) {
    for (const character of `line ${line}`) await viewer.key(character.codePointAt(0)!);
    await viewer.key(RETURN);
    // Ctrl+C copies the note; its text comes back when all keys have been handled.
    const start = viewer.program.output.length;
    await viewer.program.write(`key ${CONTROL} 1\nkey ${C} 1\nkey ${C} 0\nkey ${CONTROL} 0\n`);
    await viewer.program.expect(/^cut /m, start);
  }
  // What the first viewer has must be what another one is sent as pixels.
  await using fresh = await Vncget.start(vncget, { ...options, encodings: "raw" });
  const drawn = async () => await fresh.encodings().then((used) => used.includes(0));
  await until("another viewer's picture", async () => await drawn() || undefined);
  await assertSees(() => viewer.look(), () => fresh.look());
  const used = await viewer.encodings();
  assert(used.includes(COPY_RECT), `${used}`);
});
