import { assert, assertEquals } from "@std/assert";
import { type Damage, DamageTracker } from "../../src/frame/damage.ts";
import type { Framebuffer } from "../../src/frame/framebuffer.ts";
import { type Move, moveSource } from "../../src/frame/move.ts";
import { contains, intersect, isEmpty, type Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";
import { asViewed, doMove, draw, fill, snapshot } from "../support/drawing.ts";
import { noise, photo, text, userInterface } from "../support/pictures.ts";
import { Random } from "../support/random.ts";

const WIDTH = 640;
const HEIGHT = 480;

/** What a tracker reports of a change, once it is checked that a viewer gets the right picture. */
function follow(
  tracker: DamageTracker,
  after: Framebuffer,
  region = Region.of(after.bounds),
): Damage {
  const before = snapshot(tracker.frame);
  const damage = tracker.update(after, { region, moves: [] });
  const viewed = asViewed(before, damage, tracker.frame);
  assert(viewed.pixels.every((word, i) => word === after.pixels[i]), "another picture");
  for (const [i, move] of damage.moves.entries()) {
    for (const earlier of damage.moves.slice(0, i)) {
      assert(isEmpty(intersect(moveSource(move), earlier.to)), "a source was overwritten");
    }
  }
  return damage;
}

function damageOf(before: Framebuffer, after: Framebuffer): Damage {
  return follow(new DamageTracker(before), after);
}

/** Moves a part of a picture within itself, and draws something new where it was. */
function shift(screen: Framebuffer, area: Rect, dx: number, dy: number): void {
  const to = intersect(area, { ...area, x: area.x + dx, y: area.y + dy });
  doMove(screen, { to, dx, dy });
  const fresh = noise(area.width, area.height);
  for (const rect of Region.of(area).subtract(Region.of(to)).rects) draw(fresh, rect, screen, rect);
}

for (
  const [way, dx, dy] of [["up", 0, -1], ["down", 0, 1], ["left", -1, 0], ["right", 1, 0]] as const
) {
  Deno.test(`a screen that scrolls ${way} by any distance is one move and a strip`, () => {
    for (const distance of [1, 2, 7, 16, 19, 100, 250]) {
      for (const picture of [text, photo, userInterface]) {
        const before = picture(WIDTH, HEIGHT);
        const after = snapshot(before);
        shift(after, after.bounds, dx * distance, dy * distance);
        const { moves, changed } = damageOf(before, after);
        const what = `${picture.name} by ${distance}`;
        const right = moves.filter((move) =>
          move.dx === dx * distance && move.dy === dy * distance
        );
        assertEquals(right.length, 1, what);
        assert(moves.length < 6, what);
        assert(changed.area <= distance * (dx === 0 ? WIDTH : HEIGHT) * 1.2, what);
      }
    }
  });
}

/** The pixels of a rectangle that moves by an offset bring. */
function covered(area: Rect, moves: readonly Move[], dx: number, dy: number): number {
  const targets = moves.filter((move) => move.dx === dx && move.dy === dy).map(({ to }) => to);
  return Region.of(...targets).intersect(Region.of(area)).area / (area.width * area.height);
}

/** A pane of text in the middle of a screen, with a border around it and a bar beside it. */
const PANE: Rect = { x: 101, y: 67, width: 333, height: 291 };

function screenWithPane(): Framebuffer {
  const screen = userInterface(WIDTH, HEIGHT);
  const { x, y, width, height } = PANE;
  fill(screen, { x: x - 2, y: y - 2, width: width + 24, height: height + 4 }, 0x808080);
  draw(text(WIDTH, HEIGHT), PANE, screen, PANE);
  return screen;
}

Deno.test("a pane scrolls between its borders, to the pixel", () => {
  for (const distance of [-13, 13, -26, 57]) {
    const before = screenWithPane();
    const after = snapshot(before);
    shift(after, PANE, 0, distance);
    fill(after, { x: PANE.x + PANE.width + 5, y: 100 + distance, width: 9, height: 60 }, 0x303030);
    const to = intersect(PANE, { ...PANE, y: PANE.y + distance });
    const { moves, changed } = damageOf(before, after);

    assertEquals(moves.length, 1);
    assertEquals(covered(to, moves, 0, distance), 1);
    assert(changed.rects.length < 12, `${changed.rects.length} rectangles`);
  }
});

Deno.test("what blinks in a scrolled pane costs a few pieces more", () => {
  const before = screenWithPane();
  fill(before, { x: 200, y: 303, width: 7, height: 13 }, 0x00ff00);
  const after = screenWithPane();
  shift(after, PANE, 0, -13);
  const { moves, changed } = damageOf(before, after);
  assert(moves.length <= 4, `${moves.length} moves`);
  assert(covered(PANE, moves, 0, -13) > 0.93, `${covered(PANE, moves, 0, -13)}`);
  assert(changed.area < 13 * PANE.width + 1500, `${changed.area} pixels`);
});

Deno.test("a window is dragged any way over another background, and others stay", () => {
  for (const [dx, dy] of [[3, 5], [-17, 40], [60, -33], [-1, -1], [0, 90], [150, 0]] as const) {
    const background = photo(WIDTH, HEIGHT);
    const window = { x: 191, y: 117, width: 243, height: 187 };
    const picture = userInterface(window.width, window.height);
    const [before, after] = [snapshot(background), snapshot(background)];
    draw(picture, picture.bounds, before, window);
    const to = { ...window, x: window.x + dx, y: window.y + dy };
    draw(picture, picture.bounds, after, to);
    const { moves } = damageOf(before, after);
    assertEquals(moves[0], { to, dx, dy });
  }
});

Deno.test("a window comes out from under another as far as it was seen", () => {
  const window = { x: 60, y: 80, width: 300, height: 200 };
  const cover = { x: 260, y: 160, width: 200, height: 200 };
  const picture = text(window.width, window.height);
  const [before, after] = [userInterface(WIDTH, HEIGHT), userInterface(WIDTH, HEIGHT)];
  draw(picture, picture.bounds, before, window);
  const to = { ...window, y: window.y - 37 };
  draw(picture, picture.bounds, after, to);
  const above = photo(cover.width, cover.height);
  for (const screen of [before, after]) draw(above, above.bounds, screen, cover);
  const { moves } = damageOf(before, after);

  assert(covered({ ...to, width: 200 }, moves, 0, -37) > 0.95, "the part that was free");
  assert(covered({ ...to, height: 80 }, moves, 0, -37) > 0.95, "the part above the other window");
});

Deno.test("two panes that scroll at once are two moves", () => {
  const before = text(WIDTH, HEIGHT);
  const after = snapshot(before);
  shift(after, { x: 0, y: 0, width: 300, height: HEIGHT }, 0, -32);
  shift(after, { x: 340, y: 40, width: 300, height: 400 }, 0, 21);
  const { moves, changed } = damageOf(before, after);
  assertEquals(moves.length, 2);
  assertEquals(covered({ x: 0, y: 0, width: 300, height: 448 }, moves, 0, -32), 1);
  assert(changed.area < 300 * (32 + 21) * 1.05, `${changed.area} pixels`);
});

Deno.test("several steps between two frames are one move", () => {
  const before = text(WIDTH, HEIGHT);
  const after = snapshot(before);
  for (let step = 0; step < 6; step++) shift(after, after.bounds, 0, -13);
  const { moves } = damageOf(before, after);
  assertEquals(moves[0], {
    to: { x: 0, y: 0, width: WIDTH, height: HEIGHT - 78 },
    dx: 0,
    dy: -78,
  });
});

Deno.test("no move is seen in what is typed, in noise, nor in plain areas", () => {
  const before = text(WIDTH, HEIGHT);
  const typed = snapshot(before);
  draw(before, { x: 8, y: 16, width: 8, height: 16 }, typed, {
    x: 80,
    y: 96,
    width: 8,
    height: 16,
  });
  assertEquals(damageOf(before, typed).moves, []);
  const random = new Random(9);
  const other = noise(WIDTH, HEIGHT);
  assertEquals(damageOf(noise(WIDTH, HEIGHT), other).moves, []);
  other.pixels.forEach((_, i) => other.pixels[i] = random.bits() >>> 8);
  assertEquals(damageOf(noise(WIDTH, HEIGHT), other).moves, []);
  fill(other, other.bounds, 0x123456);
  assertEquals(damageOf(before, other).moves, []);
});

Deno.test("a pattern that looks alike everywhere is no reason to move much", () => {
  const before = text(WIDTH, HEIGHT);
  for (let i = 0; i < before.pixels.length; i++) {
    before.pixels[i] = (i + Math.floor(i / WIDTH)) % 8 < 4 ? 0xffffff : 0;
  }
  const after = snapshot(before);
  doMove(after, { to: { x: 3, y: 0, width: WIDTH - 3, height: HEIGHT }, dx: 3, dy: 0 });
  const { moves } = damageOf(before, after);
  assert(moves.length <= 8, `${moves.length} moves`);
});

/** A screen on which a video plays in one place, and text stands beside it. */
class VideoScreen {
  readonly screen = text(WIDTH, HEIGHT);
  readonly tracker = new DamageTracker(this.screen);
  readonly video: Rect = { x: 0, y: 0, width: 320, height: 240 };
  readonly #random = new Random(12);

  /** Shows a new picture of the video. */
  play(): void {
    fill(this.screen, this.video, 0);
    for (let y = 0; y < this.video.height; y++) {
      for (let x = 0; x < this.video.width; x++) {
        this.screen.pixels[y * WIDTH + x] = this.#random.bits() >>> 8;
      }
    }
  }

  look(...areas: Rect[]): readonly Move[] {
    return follow(this.tracker, this.screen, Region.of(...areas)).moves;
  }
}

Deno.test("beside a video that has played for long, a scroll is seen at once", () => {
  const show = new VideoScreen();
  for (let frame = 0; frame < 50; frame++) {
    show.play();
    assertEquals(show.look(show.video), []);
  }
  const beside = { x: 330, y: 0, width: 300, height: HEIGHT };
  show.play();
  shift(show.screen, beside, 0, -16);
  const moves = show.look(show.video, beside);
  assert(covered({ ...beside, height: HEIGHT - 16 }, moves, 0, -16) === 1);
});

Deno.test("in the place of a video, a scroll is seen within a few frames", () => {
  const show = new VideoScreen();
  for (let frame = 0; frame < 50; frame++) {
    show.play();
    show.look(show.video);
  }
  const found = Array.from({ length: 16 }, () => {
    shift(show.screen, show.video, 0, -5);
    return show.look(show.video).length > 0;
  });
  const first = found.indexOf(true);
  assert(first >= 0 && first < 8, `first seen in frame ${first}`);
  assert(found.slice(first).every((seen) => seen), "then always");
});

Deno.test("whatever moves, a viewer that follows has the screen's pixels", () => {
  let moves = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const random = new Random(seed);
    const width = 200 + random.below(200);
    const height = 150 + random.below(150);
    const screen = [text, userInterface, photo][seed % 3]!(width, height);
    const tracker = new DamageTracker(screen);
    const randomRect = () => {
      const [w, h] = [20 + random.below(width - 20), 20 + random.below(height - 20)];
      return {
        x: random.below(width - w + 1),
        y: random.below(height - h + 1),
        width: w,
        height: h,
      };
    };
    for (let step = 0; step < 6; step++) {
      for (let i = random.below(4); i >= 0; i--) {
        const to = randomRect();
        const move = { to, dx: random.below(121) - 60, dy: random.below(121) - 60 };
        if (random.below(2) === 0) shift(screen, to, move.dx, move.dy);
        else if (contains(screen.bounds, moveSource(move))) doMove(screen, move);
        if (random.below(5) === 0) fill(screen, randomRect(), random.bits() >>> 8);
      }
      moves += follow(tracker, screen).moves.length;
    }
  }
  assert(moves > 200, `only ${moves} moves were found`);
});
