import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { posterise, quantise, spread, unlikeness } from "./support/picture.ts";
import { assertSees } from "./support/sees.ts";
import { startServer } from "./support/server.ts";
import { buildStage } from "./support/stage.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";

// What viewers show that accept a loss: something like the screen first, exactly the screen at rest.

/** Each number of bits per pixel with the largest red, green and blue. */
const FORMATS = [[32, [255, 255, 255]], [16, [31, 63, 31]]] as const;

/**
 * Quality levels, and how alike the whole screen has to be then, in decibels: half of the scene's
 * photo is noise. libvncclient takes quality 9 of ZYWRLE for none at all.
 */
const LOSSY = {
  tight: { number: 7, qualities: [[0, 23], [5, 26], [9, 45]] },
  zywrle: { number: 17, qualities: [[0, 23], [5, 23], [9, Infinity]] },
} as const;

for (const [encoding, { number, qualities }] of Object.entries(LOSSY)) {
  Deno.test(`libvncclient shows something like the screen, then the screen, in ${encoding}`, async (t) => {
    await using vncget = await compileVncget();
    await using stage = await buildStage();
    await using server = await startServer({ display: stage.desk.display });
    for (const [bitsPerPixel, max] of FORMATS) {
      for (const [quality, decibels] of qualities) {
        await t.step(`${bitsPerPixel} bits per pixel, quality ${quality}`, async () => {
          const expected = await stage.scene.picture();
          await using viewer = await Vncget.start(vncget, {
            ...{ port: server.port, encodings: encoding, bitsPerPixel, quality },
          });
          const first = spread(await viewer.firstLook(), max);
          assertEquals(unlikeness(first, posterise(expected, max), decibels), undefined);
          const exact = async () => quantise(await stage.scene.picture(), max);
          await assertSees(() => viewer.look(), exact);
          await stage.scene.burst();
          await assertSees(() => viewer.look(), exact);
          assert((await viewer.encodings()).includes(number));
          if (encoding === "tight") assert(await viewer.hasSeenJpeg());
        });
      }
    }
  });
}

Deno.test("TigerVNC's viewer shows something like the screen, then the screen", async (t) => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  const tight = ["-AutoSelect=0", "-PreferredEncoding=Tight", "-FullColor"];
  const ways = {
    "by its own choice": [],
    ...Object.fromEntries(
      LOSSY.tight.qualities.map(([q]) => [`quality ${q}`, [...tight, `-QualityLevel=${q}`]]),
    ),
    "no JPEG": [...tight, "-NoJPEG"],
    "no JPEG, compression 9": [...tight, "-NoJPEG", "-CustomCompressLevel", "-CompressLevel=9"],
  };
  for (const [way, args] of Object.entries(ways)) {
    await t.step(way, async () => {
      const start = server.log().length;
      await using viewer = await TigerVnc.start({ port: server.port, args });
      const picture = () => stage.scene.picture();
      await assertSees(() => viewer.look(), picture, { decibels: LOSSY.tight.qualities[0][1] });
      await assertSees(() => viewer.look(), picture);
      await stage.scene.burst();
      await assertSees(() => viewer.look(), picture);
      assertStringIncludes(server.log().slice(start), "gets Tight");
    });
  }
});
