import { assertEquals } from "@std/assert";
import { RawClient } from "./support/raw_client.ts";
import { assertSees } from "./support/sees.ts";
import { startServer } from "./support/server.ts";
import { buildStage } from "./support/stage.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { until } from "../support/until.ts";

const CLOSED = /closed: \w+/;
const FULL_UPDATE = [3, 0, ...[0, 0], ...[0, 0], ...[0xff, 0xff], ...[0xff, 0xff]];

/** What no viewer sends; the server has to hang up on each. */
const OUTRAGES = {
  "an unknown message": [0x63, 1, 2, 3],
  "noise": noise(65536),
  "pixels of 7 bits": [0, 0, 0, 0, ...[7, 7, 0, 1], ...[0, 7, 0, 7, 0, 3], ...[0, 3, 6], 0, 0, 0],
} as const;

/** What a viewer might send; nothing comes of it. */
const ODDITIES = {
  "65535 encodings, none of which follow": [2, 0, 0xff, 0xff],
  "text of 4 GB, none of which follows": [6, 0, 0, 0, 0xff, 0xff, 0xff, 0xff],
  "half a message": [4, 1, 0],
  "a pointer beyond the screen": [5, 0xff, 0xff, 0xff, 0xff, 0xff],
  "ten thousand requests, and no reading": Array(10_000).fill(FULL_UPDATE).flat(),
} as const;

Deno.test("a viewer doesn't notice what hostile clients do", async (t) => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  await using viewer = await TigerVnc.start({ port: server.port });
  await assertSees(() => viewer.look(), () => stage.scene.picture());

  for (const [what, bytes] of Object.entries(OUTRAGES)) {
    await t.step(what, async () => {
      using client = await RawClient.enter(server.port);
      const start = server.log().length;
      await client.send(bytes);
      await client.hungUpOn();
      await until("the log says why", () => CLOSED.test(server.log().slice(start)) || undefined);
    });
  }
  await t.step("not RFB at all", async () => {
    using client = await RawClient.connect(server.port);
    await client.send(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: vncd\r\n\r\n"));
    await client.hungUpOn();
  });
  for (const [what, bytes] of Object.entries(ODDITIES)) {
    await t.step(what, async () => {
      using client = await RawClient.enter(server.port);
      await client.send(bytes);
      await stage.scene.burst();
      await assertSees(() => viewer.look(), () => stage.scene.picture());
    });
  }
  await t.step("coming and going", async () => {
    for (let i = 0; i < 100; i++) (await RawClient.connect(server.port))[Symbol.dispose]();
    await stage.scene.burst();
    await assertSees(() => viewer.look(), () => stage.scene.picture());
  });
  assertEquals(viewer.program.running, true);
});

/** Bytes without a pattern, the same every time. */
function noise(length: number): number[] {
  let state = 1;
  return Array.from({ length }, () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    return state >>> 24;
  });
}
