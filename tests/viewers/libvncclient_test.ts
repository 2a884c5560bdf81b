import { assert, assertEquals } from "@std/assert";
import { quantise } from "./support/picture.ts";
import { assertSees } from "./support/sees.ts";
import { startServer } from "./support/server.ts";
import { buildStage } from "./support/stage.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

const password = "open up";

/** libvncclient's names of the encodings, with their numbers. */
const ENCODINGS = {
  raw: 0,
  copyrect: 1,
  rre: 2,
  corre: 4,
  hextile: 5,
  zlib: 6,
  tight: 7,
  trle: 15,
  zrle: 16,
} as const;

/** Each number of bits per pixel with the largest red, green and blue. */
const FORMATS = [[32, [255, 255, 255]], [16, [31, 63, 31]], [8, [7, 7, 3]]] as const;

/** Encodings whose compression has levels. */
const COMPRESSED = { zlib: 6, tight: 7 } as const;

Deno.test("libvncclient shows the screen exactly in every encoding and format", async (t) => {
  await using vncget = await compileVncget();
  await using stage = await buildStage();
  await using server = await startServer({
    display: stage.desk.display,
    password,
    args: ["--security", "vnc"],
  });
  for (const [encoding, number] of Object.entries(ENCODINGS)) {
    for (const [bitsPerPixel, max] of FORMATS) {
      await t.step(`${encoding}, ${bitsPerPixel} bits per pixel`, async () => {
        await using viewer = await Vncget.start(vncget, {
          ...{ port: server.port, password, bitsPerPixel, encodings: encoding },
        });
        const expected = async () => quantise(await stage.scene.picture(), max);
        await assertSees(() => viewer.look(), expected);
        await stage.scene.burst();
        await assertSees(() => viewer.look(), expected);
        const used = await viewer.encodings();
        assertEquals(used.filter((id) => id > 0 && id !== number), []);
        assert(number === ENCODINGS.copyrect || used.includes(number), `${used}`);
      });
    }
  }
});

Deno.test("libvncclient shows the screen exactly at every compression level", async (t) => {
  await using vncget = await compileVncget();
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  for (const [encodings, number] of Object.entries(COMPRESSED)) {
    for (let compressLevel = 0; compressLevel <= 9; compressLevel++) {
      await t.step(`${encodings}, level ${compressLevel}`, async () => {
        const options = { port: server.port, encodings, compressLevel };
        await using viewer = await Vncget.start(vncget, options);
        await assertSees(() => viewer.look(), () => stage.scene.picture());
        assert((await viewer.encodings()).includes(number));
      });
    }
  }
});
