// deno-lint-ignore-file no-console -- a program whose output is read
//
// A server whose screen changes 20 times a second: changing_server.ts CONTENT. Prints its port. Ends when
// its standard input does.

import { encodeHere } from "../../../src/encodings/encode_here.ts";
import { WorkerPool } from "../../../src/encodings/pool/worker_pool.ts";
import { createLogger } from "../../../src/log.ts";
import { ENCODERS } from "../../support/encoders.ts";
import { FakeDesktop } from "../../support/fake_desktop.ts";
import { photo, type Picture, text } from "../../support/pictures.ts";
import { Session } from "../../support/session.ts";

const INTERVAL = 50;
const WIDTH = 1280;
const HEIGHT = 720;

/** A picture, and the part of the screen that shows another part of it each time. */
const CONTENTS: Readonly<Record<string, [Picture, width: number, height: number]>> = {
  text: [text, 800, 400],
  video: [photo, 480, 270],
};

const [picture, width, height] = CONTENTS[Deno.args[0]!]!;
const { pixels } = picture(WIDTH, HEIGHT + 160);

const desktop = new FakeDesktop(WIDTH, HEIGHT);
const log = createLogger("warn", console.error);
const encoder = new WorkerPool({
  startWorker: () =>
    new Worker(new URL("../../support/encoding_worker.ts", import.meta.url), { type: "module" }),
  here: encodeHere(ENCODERS),
  log,
});
const session = new Session({ maxViewers: 1000 }, desktop, undefined, encoder);
const [{ port }] = session.server.listen("127.0.0.1", 0) as [Deno.NetAddr];

let step = 0;
setInterval(() => {
  if (!desktop.watched) return;
  const from = step++ * 8 % 160;
  desktop.paint({ x: 100, y: 100, width, height }, (x, y) => pixels[(y + from) * WIDTH + x]!);
}, INTERVAL);

console.log(port);
for await (const _ of Deno.stdin.readable);
Deno.exit();
