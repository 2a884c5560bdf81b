// What finding moves by content costs, on a screen of 1920x1080, and what it saves:
// deno bench tests/bench/moves_bench.ts

import { DamageTracker } from "../../src/frame/damage.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { FramePair } from "../../src/frame/frame_pair.ts";
import { MoveFinder } from "../../src/frame/move_finder.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";
import { draw, snapshot } from "../support/drawing.ts";
import { noise, stripes, text } from "../support/pictures.ts";

const page = text(1920, 2000);

/** The screen full of text, from a row of the page on. */
function textFrom(y: number): Framebuffer {
  return new Framebuffer(1920, 1080, page.pixels.slice(y * 1920, (y + 1080) * 1920));
}

/** A window of text on a plain background. */
function windowAt(x: number, y: number): Framebuffer {
  const screen = stripes(1920, 1080);
  const window = { x: 0, y: 0, width: 800, height: 600 };
  draw(page, window, screen, { ...window, x, y });
  return screen;
}

const typed = textFrom(0);
const letter = { x: 640, y: 480, width: 8, height: 16 };
draw(page, { ...letter, x: 8, y: 16 }, typed, letter);

const videoArea = { x: 100, y: 100, width: 1280, height: 720 };
const film = noise(1280, 1440);

function videoFrame(y: number): Framebuffer {
  const screen = textFrom(0);
  draw(film, { x: 0, y, width: 1280, height: 720 }, screen, videoArea);
  return screen;
}

interface Change {
  readonly before: Framebuffer;
  readonly after: Framebuffer;
  readonly hinted: Rect;
}

const everything = page.bounds;
const dragged = { x: 200, y: 150, width: 813, height: 607 };
const changes: Record<string, Change> = {
  "a letter typed": { before: textFrom(0), after: typed, hinted: letter },
  "a letter typed, all redrawn": { before: textFrom(0), after: typed, hinted: everything },
  "video of 1280x720": { before: videoFrame(0), after: videoFrame(720), hinted: videoArea },
  "a window of 800x600 dragged": {
    before: windowAt(200, 150),
    after: windowAt(213, 157),
    hinted: dragged,
  },
  "1920x1080 scrolled by 19 rows": {
    before: textFrom(0),
    after: textFrom(19),
    hinted: everything,
  },
  "1920x1080 scrolled by 500 rows": {
    before: textFrom(0),
    after: textFrom(500),
    hinted: everything,
  },
};

for (const [name, { before, after, hinted }] of Object.entries(changes)) {
  const region = Region.of(hinted);
  const finder = new MoveFinder();
  const pair = new FramePair(before);
  pair.load(after, after.bounds);
  const found = finder.find(pair, region).length;
  const group = name;
  Deno.bench(`${name}: look for moves (${found})`, { group }, () => {
    finder.find(pair, region);
  });
  const screen = snapshot(before);
  const tracker = new DamageTracker(screen);
  Deno.bench(`${name}: all that is done`, { group }, (bench) => {
    tracker.update(before, { region: Region.of(screen.bounds), moves: [] });
    bench.start();
    tracker.update(after, { region, moves: [] });
    bench.end();
  });
}
