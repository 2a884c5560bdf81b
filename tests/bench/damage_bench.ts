// What finding the changes of a 1920x1080 screen costs: deno bench tests/bench/damage_bench.ts

import { DamageTracker } from "../../src/frame/damage.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { Region } from "../../src/frame/region.ts";

/** A screen whose words have something in the top byte, as an X server's may. */
function noisyScreen(seed: number): Framebuffer {
  const screen = new Framebuffer(1920, 1080);
  let state = seed;
  for (let i = 0; i < screen.pixels.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223;
    screen.pixels[i] = state;
  }
  return screen;
}

const screen = noisyScreen(1);
const other = noisyScreen(2);
const everything = { region: Region.of(screen.bounds), moves: [] };
const tracker = new DamageTracker(screen);

Deno.bench("compare: nothing changed", () => {
  tracker.update(screen, everything);
});

Deno.bench("compare: one pixel in each of 30 tiles", (bench) => {
  for (let i = 0; i < 30; i++) screen.pixels[(i * 31 + 7) * 1920 + i * 60]! ^= 1;
  bench.start();
  tracker.update(screen, everything);
  bench.end();
});

let turn = 0;
const video = new DamageTracker(screen);
Deno.bench("compare: every pixel changed", () => {
  video.update(turn++ % 2 === 0 ? other : screen, everything);
});

const scroller = new DamageTracker(screen);
const scrolled = [screen, new Framebuffer(1920, 1080)] as const;
scrolled[1].pixels.set(screen.pixels.subarray(16 * 1920));
const to = { x: 0, y: 0, width: 1920, height: 1080 - 16 };
Deno.bench("a full-screen scroll, hinted as a move", (bench) => {
  scroller.update(screen, everything);
  bench.start();
  scroller.update(scrolled[1], { ...everything, moves: [{ to, dx: 0, dy: -16 }] });
  bench.end();
});

Deno.bench("a false move", () => {
  tracker.update(screen, { region: Region.empty, moves: [{ to, dx: 0, dy: -16 }] });
});
