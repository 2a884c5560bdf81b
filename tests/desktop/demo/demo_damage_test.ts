import { assert, assertEquals } from "@std/assert";
import { type DemoDesktop, openDemoDesktop } from "../../../src/desktop/demo/demo_desktop.ts";
import { DamageTracker } from "../../../src/frame/damage.ts";
import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { Move } from "../../../src/frame/move.ts";
import { drag, pixelAt, placeOf, shows, titleOf, type } from "./seen.ts";

const CONTROL = 0xffe3;
const WHEEL_UP = 8;
const WHEEL_DOWN = 16;

/** Compares at once: an assertion would print every pixel. */
function samePixels(a: Framebuffer, b: Framebuffer): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  for (let i = 0; i < a.pixels.length; i++) {
    if (a.pixels[i] !== b.pixels[i]) return false;
  }
  return true;
}

/** Whether a move brings the pixels that are on the screen now. */
function isTrue(before: Framebuffer, now: Framebuffer, { to, dx, dy }: Move): boolean {
  for (let y = to.y; y < to.y + to.height; y++) {
    for (let x = to.x; x < to.x + to.width; x++) {
      if (pixelAt(before, { x: x - dx, y: y - dy }) !== pixelAt(now, { x, y })) return false;
    }
  }
  return true;
}

/** Feeds each grab to a tracker and checks that hints and screen agree with what a viewer gets. */
function follow(desktop: DemoDesktop): () => { moves: number; changed: number } {
  desktop.grab();
  const tracker = new DamageTracker(desktop.screen);
  return () => {
    const before = tracker.frame;
    const grab = desktop.grab();
    for (const move of grab.moves) assert(isTrue(before, desktop.screen, move), "a false move");
    const { moves, changed } = tracker.update(desktop.screen, grab);
    assert(samePixels(tracker.frame, desktop.screen), "drawn outside of the region");
    // Where none is hinted, the tracker may find some by itself.
    const hinted = moves.filter((move) => grab.moves.includes(move));
    return { moves: hinted.length, changed: changed.area };
  };
}

Deno.test("a full note pad scrolls, which is told as a move", () => {
  const desktop = openDemoDesktop();
  const step = follow(desktop);
  for (let line = 0; line < 40; line++) {
    type(desktop, `line ${line}\n`);
    const { moves, changed } = step();
    if (line < 24) continue;
    assertEquals(moves, 1, `line ${line}`);
    assert(changed < 6000, `line ${line}: ${changed} pixels besides`);
  }
  assert(shows(desktop, "line 39") && !shows(desktop, "line 0 "));
  assert(!shows(desktop, "line 15"));
});

Deno.test("lines typed faster than they are grabbed scroll the note pad as one move", () => {
  const desktop = openDemoDesktop();
  const step = follow(desktop);
  for (let line = 0; line < 30; line++) type(desktop, `line ${line}\n`);
  step();
  for (const lines of [2, 3, 7, 20]) {
    for (let line = 0; line < lines; line++) type(desktop, `line ${line} of ${lines}\n`);
    const { moves, changed } = step();
    assertEquals(moves, 1, `${lines} lines`);
    assert(changed < lines * 1000, `${lines} lines: ${changed} pixels besides`);
  }
});

Deno.test("the wheel scrolls the note pad back", () => {
  const desktop = openDemoDesktop();
  for (let line = 100; line < 140; line++) type(desktop, `line ${line}\n`);
  const over = placeOf(desktop, "line 139");
  const step = follow(desktop);
  desktop.pointer(over.x, over.y, 0);
  step();
  for (let i = 0; i < 20; i++) {
    desktop.pointer(over.x, over.y, WHEEL_UP);
    assertEquals(step().moves, i < 6 ? 1 : 0, `click ${i}`);
    desktop.pointer(over.x, over.y, 0);
    step();
  }
  assert(shows(desktop, "line 100") && !shows(desktop, "line 139"));
  desktop.pointer(over.x, over.y, WHEEL_DOWN);
  assert(shows(desktop, "line 103") && !shows(desktop, "line 102"));
  type(desktop, "x");
  assert(shows(desktop, "line 139"), "typing shows the end again");
});

Deno.test("the note pad scrolls truthfully under another window", () => {
  const desktop = openDemoDesktop();
  const from = titleOf(desktop, "Colours");
  drag(desktop, from, { x: 300, y: 500 });
  const step = follow(desktop);
  let kept = 0;
  for (let line = 0; line < 40; line++) {
    type(desktop, `a line of some length, the number of which is ${line}\n`);
    kept += step().moves;
  }
  assert(kept >= 30, `${kept} moves`);
});

Deno.test("windows are dragged by their titles, which is told as moves", () => {
  for (const title of ["Welcome", "Note pad", "Paint", "Input", "Colours"]) {
    const desktop = openDemoDesktop();
    const from = titleOf(desktop, title);
    desktop.pointer(from.x, from.y, 0);
    desktop.pointer(from.x, from.y, 1);
    const step = follow(desktop);
    let kept = 0;
    for (const [x, y] of [[7, 0], [20, 11], [0, 13], [60, 90], [-9, 5], [-12, -20]] as const) {
      desktop.pointer(from.x + x, from.y + y, 1);
      kept += step().moves;
      assertEquals(titleOf(desktop, title), { x: from.x + x, y: from.y + y });
    }
    assert(kept >= 6, `${title}: ${kept} moves`);
    desktop.pointer(0, 0, 0);
    step();
  }
});

Deno.test("painting beyond the sheet leaves all else alone", () => {
  const desktop = openDemoDesktop();
  const title = titleOf(desktop, "Paint");
  const step = follow(desktop);
  drag(desktop, { x: title.x + 60, y: title.y + 60 }, { x: 0, y: 0 });
  step();
  drag(desktop, { x: title.x + 60, y: title.y + 60 }, { x: 1023, y: 767 });
  step();
  assert(shows(desktop, "Your viewer is connected."));
  assert(shows(desktop, "1023, 767"));
});

/** Random input of every kind, the same for a seed; calls `each` after some of it. */
function play(desktop: DemoDesktop, seed: number, each: () => void): void {
  let state = seed;
  const random = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * limit);
  };
  for (let i = 0; i < 600; i++) {
    const kind = random(10);
    if (kind < 4) desktop.pointer(random(1100), random(800), [0, 0, 1, 1, 4, 8, 16][random(7)]!);
    else if (kind < 7) desktop.key(0x20 + random(95), true);
    else if (kind < 8) desktop.key([0xff0d, 0xff0d, 0xff08, 0xff09, CONTROL][random(5)]!, true);
    else if (kind < 9) desktop.key(CONTROL, false);
    else if (random(9) === 0) desktop.resize(700 + random(500), 500 + random(300));
    else desktop.setClipboard({ text: `text ${random(1000)}\nmore` });
    if (random(3) === 0) each();
  }
}

Deno.test("whatever is done, what is drawn anew is all that changed, and moves are true", () => {
  for (let seed = 1; seed <= 3; seed++) {
    const desktop = openDemoDesktop();
    const step = follow(desktop);
    play(desktop, seed, () => step());
    step();
  }
});

Deno.test("the same input gives the same pixels, however often it is drawn", () => {
  const often = openDemoDesktop();
  play(often, 7, () => often.grab());
  often.grab();
  const once = openDemoDesktop();
  play(once, 7, () => {});
  once.grab();
  assert(samePixels(once.screen, often.screen));
});
