import { assert, assertEquals } from "@std/assert";
import { DamageTracker } from "../../src/frame/damage.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { type Move, moveSource } from "../../src/frame/move.ts";
import { contains, intersect, isEmpty, type Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";
import { asViewed, doMove, fill, snapshot } from "../support/drawing.ts";
import { Random } from "../support/random.ts";

function randomRect(random: Random, { width, height }: Rect): Rect {
  const x = random.below(width);
  const y = random.below(height);
  return { x, y, width: 1 + random.below(width - x), height: 1 + random.below(height - y) };
}

/** A copy of some pixels without what lies in the top byte. */
function colours(screen: Framebuffer): Uint32Array {
  const result = new Uint32Array(screen.width * screen.height);
  for (let y = 0; y < screen.height; y++) {
    const row = screen.pixels.subarray(y * screen.stride, y * screen.stride + screen.width);
    result.set(row.map((word) => word & 0xffffff), y * screen.width);
  }
  return result;
}

function everything(screen: Framebuffer, ...moves: Move[]) {
  return { region: Region.of(screen.bounds), moves };
}

Deno.test("the frame begins as a copy of the screen, without the top bytes", () => {
  const screen = new Framebuffer(5, 3, new Uint32Array(24).fill(0xab123456), 8);
  assertEquals(new DamageTracker(screen).frame.pixels, new Uint32Array(15).fill(0x123456));
});

Deno.test("what differs in the top byte only has not changed", () => {
  const screen = new Framebuffer(70, 70);
  const tracker = new DamageTracker(screen);
  screen.pixels.fill(0xff000000);
  assertEquals(tracker.update(screen, everything(screen)).changed, Region.empty);
  assertEquals(tracker.frame.pixels, new Uint32Array(4900));
});

Deno.test("a change is found with its exact edges", () => {
  const screen = new Framebuffer(200, 150);
  for (
    const rect of [
      { x: 0, y: 0, width: 1, height: 1 },
      { x: 199, y: 149, width: 1, height: 1 },
      { x: 15, y: 15, width: 2, height: 2 },
      { x: 60, y: 63, width: 10, height: 3 },
      { x: 3, y: 5, width: 190, height: 140 },
      screen.bounds,
    ]
  ) {
    const tracker = new DamageTracker(screen);
    fill(screen, rect, screen.pixels[0]! + rect.width);
    const { changed, moves } = tracker.update(screen, everything(screen));
    assertEquals(changed.rects, [rect]);
    assertEquals(moves, []);
  }
});

Deno.test("changes far apart are found apart", () => {
  const screen = new Framebuffer(200, 200);
  const tracker = new DamageTracker(screen);
  const rects = [
    { x: 2, y: 3, width: 4, height: 5 },
    { x: 100, y: 3, width: 4, height: 5 },
    { x: 50, y: 90, width: 40, height: 5 },
  ];
  for (const rect of rects) fill(screen, rect, 0xffffff);
  assertEquals(tracker.update(screen, everything(screen)).changed.rects, rects);
});

Deno.test("what lies outside the hinted region is not looked at", () => {
  const screen = new Framebuffer(100, 100);
  const tracker = new DamageTracker(screen);
  screen.pixels.fill(7);
  const hinted = { x: 10, y: 20, width: 30, height: 40 };
  const region = Region.of(hinted, { x: 90, y: 95, width: 100, height: 100 });
  const { changed } = tracker.update(screen, { region, moves: [] });
  assertEquals(changed, Region.of(hinted, { x: 90, y: 95, width: 10, height: 5 }));
  assertEquals(tracker.frame.pixels.filter((word) => word === 7).length, changed.area);
  assertEquals(tracker.update(screen, { region, moves: [] }).changed, Region.empty);
});

Deno.test("a screen of another size makes a new frame, all of it changed", () => {
  const tracker = new DamageTracker(new Framebuffer(20, 10));
  const screen = new Framebuffer(10, 20, new Uint32Array(200).fill(0xff000009));
  const to = { x: 1, y: 1, width: 5, height: 5 };
  const { changed, moves } = tracker.update(screen, {
    region: Region.empty,
    moves: [{ to, dx: 1, dy: 1 }],
  });
  assertEquals(changed, Region.of(screen.bounds));
  assertEquals(moves, []);
  assertEquals(tracker.frame.pixels, new Uint32Array(200).fill(9));
  assertEquals([tracker.frame.width, tracker.frame.height], [10, 20]);
});

/** Less than 64x64 pixels, so that only hinted moves are made. */
const SIDE = 60;

/** A screen where no pixel equals another, and what it is after scrolling up by `rows`. */
function scrolled(rows: number) {
  const screen = new Framebuffer(SIDE, SIDE);
  for (let i = 0; i < screen.pixels.length; i++) screen.pixels[i] = i + 1;
  const tracker = new DamageTracker(screen);
  screen.pixels.copyWithin(0, rows * SIDE);
  const to = { x: 0, y: 0, width: SIDE, height: SIDE - rows };
  return { screen, tracker, move: { to, dx: 0, dy: -rows } };
}

Deno.test("a true move is kept, and only the rest is changed", () => {
  const { screen, tracker, move } = scrolled(5);
  fill(screen, { x: 0, y: SIDE - 5, width: SIDE, height: 5 }, 0);
  const { changed, moves } = tracker.update(screen, everything(screen, move));
  assertEquals(moves, [move]);
  assertEquals(changed.rects, [{ x: 0, y: SIDE - 5, width: SIDE, height: 5 }]);
  assertEquals(tracker.frame.pixels, screen.pixels);
});

Deno.test("a true move counts where the region does not name it", () => {
  const { screen, tracker, move } = scrolled(5);
  const { changed, moves } = tracker.update(screen, { region: Region.empty, moves: [move] });
  assertEquals(moves, [move]);
  assertEquals(changed, Region.empty);
  assertEquals(tracker.frame.pixels, screen.pixels);
});

Deno.test("a move that is false in one pixel is dropped", () => {
  for (const at of [0, SIDE - 1, 54 * SIDE, 54 * SIDE + SIDE - 1, 1000]) {
    const { screen, tracker, move } = scrolled(5);
    screen.pixels[at]! ^= 1;
    const { moves } = tracker.update(screen, everything(screen, move));
    assertEquals(moves, []);
    assertEquals(tracker.frame.pixels, screen.pixels);
  }
});

Deno.test("moves that are empty, useless or leave the screen are dropped", () => {
  const { screen, tracker, move } = scrolled(5);
  const { to } = move;
  const bad: Move[] = [
    { to: { ...to, width: 0 }, dx: 0, dy: -5 },
    { to: { ...to, height: SIDE - 4 }, dx: 0, dy: -5 },
    { to: { ...to, x: -1 }, dx: 0, dy: -5 },
    { to, dx: 1, dy: -5 },
    { to: { ...to, y: 6 }, dx: 0, dy: 0 },
  ];
  assertEquals(tracker.update(screen, everything(screen, ...bad)).moves, []);
  const again = tracker.update(screen, everything(screen, { to, dx: 0, dy: 0 }));
  assertEquals(again, { changed: Region.empty, moves: [] });
});

Deno.test("moves are done in an order in which none spoils another's source", () => {
  const { screen, tracker } = scrolled(8);
  const part = (y: number): Move => ({ to: { x: 0, y, width: SIDE, height: 8 }, dx: 0, dy: -8 });
  const moves = [part(32), part(24), part(40)];
  const damage = tracker.update(screen, everything(screen, ...moves));
  assertEquals(damage.moves, [part(24), part(32), part(40)]);
  assertEquals(tracker.frame.pixels, screen.pixels);
});

Deno.test("of two halves that change places one moves", () => {
  const screen = new Framebuffer(SIDE, SIDE);
  for (let i = 0; i < screen.pixels.length; i++) screen.pixels[i] = i;
  const tracker = new DamageTracker(screen);
  const half = SIDE / 2;
  const upper = screen.pixels.slice(0, half * SIDE);
  screen.pixels.copyWithin(0, half * SIDE);
  screen.pixels.set(upper, half * SIDE);
  const up = { to: { x: 0, y: 0, width: SIDE, height: half }, dx: 0, dy: -half };
  const down = { to: { ...up.to, y: half }, dx: 0, dy: half };
  const { moves, changed } = tracker.update(screen, everything(screen, up, down));
  assertEquals(moves, [up]);
  assertEquals(changed.rects, [down.to]);
  assertEquals(tracker.frame.pixels, screen.pixels);
});

Deno.test("whatever happens, a viewer that follows has the screen's pixels", () => {
  let kept = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const random = new Random(seed);
    const width = 1 + random.below(140);
    const height = 1 + random.below(140);
    const stride = width + random.below(3);
    const screen = new Framebuffer(width, height, new Uint32Array(stride * height), stride);
    const tracker = new DamageTracker(screen);
    for (let step = 0; step < 6; step++) {
      const before = snapshot(tracker.frame);
      const to = randomRect(random, screen.bounds);
      const guess = { to, dx: random.below(9) - 4, dy: random.below(9) - 4 };
      if (random.below(2) === 0 && contains(screen.bounds, moveSource(guess))) {
        doMove(screen, guess);
      }
      const region = Region.of(
        to,
        ...Array.from({ length: random.below(4) }, () => {
          const rect = randomRect(random, screen.bounds);
          fill(screen, intersect(rect, randomRect(random, screen.bounds)), random.below(2 ** 32));
          return rect;
        }),
      );
      const damage = tracker.update(screen, { region, moves: [guess, guess] });
      const after = tracker.frame;
      assertEquals(after.pixels, colours(screen), `seed ${seed}`);
      assertEquals(asViewed(before, damage, after).pixels, after.pixels, `seed ${seed}`);
      assert(Region.of(screen.bounds).intersect(damage.changed).area === damage.changed.area);
      kept += damage.moves.length;
      for (const [i, move] of damage.moves.entries()) {
        for (const earlier of damage.moves.slice(0, i)) {
          assert(isEmpty(intersect(moveSource(move), earlier.to)), `seed ${seed}`);
        }
      }
    }
  }
  assert(kept > 50, `${kept} moves were kept`);
});

Deno.test("every edge of the changed region touches a changed pixel", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = new Random(seed);
    const screen = new Framebuffer(150, 150);
    const tracker = new DamageTracker(screen);
    for (let i = 0; i < 12; i++) {
      screen.pixels[random.below(150 * 150)] = 1 + random.below(0xfffffe);
    }
    const differs = (x: number, y: number) => screen.pixels[y * 150 + x] !== 0;
    const { changed } = tracker.update(screen, everything(screen));
    for (const { x, y, width, height } of changed.rects) {
      const rows = Array.from({ length: height }, (_, i) => y + i);
      assert(rows.some((row) => differs(x, row)), `left edge, seed ${seed}`);
      assert(rows.some((row) => differs(x + width - 1, row)), `right edge, seed ${seed}`);
    }
    const tops = changed.rects.map((rect) => rect.y);
    for (const top of tops) {
      const band = changed.rects.filter((rect) => rect.y === top);
      const columns = band.flatMap((rect) =>
        Array.from({ length: rect.width }, (_, i) => rect.x + i)
      );
      assert(columns.some((x) => differs(x, top)), `top edge, seed ${seed}`);
    }
  }
});
