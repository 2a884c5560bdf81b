import { assert, assertEquals } from "@std/assert";
import { type Move, moveSource } from "../../../src/frame/move.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { Region } from "../../../src/frame/region.ts";
import { UpdateState } from "../../../src/viewer/picture/update_state.ts";
import { Random } from "../../support/random.ts";

const SIZE = 24;
const BOUNDS: Rect = { x: 0, y: 0, width: SIZE, height: SIZE };
const all = Region.of(BOUNDS);

function newState(): UpdateState {
  const state = new UpdateState();
  state.resize(BOUNDS);
  return state;
}

/** A state whose viewer has everything. */
function currentState(): UpdateState {
  const state = newState();
  state.request(true, BOUNDS);
  state.next();
  state.sent();
  return state;
}

Deno.test("a new viewer gets everything it asks for, once", () => {
  const state = newState();
  assertEquals(state.next(), undefined);
  state.request(true, BOUNDS);
  assert(state.wanted);
  assertEquals(state.next()?.region.rects, [BOUNDS]);
  assert(!state.wanted);
  state.sent();
  state.request(true, BOUNDS);
  assertEquals(state.next(), undefined);
});

Deno.test("a request is cropped to the framebuffer, and only its area is sent", () => {
  const state = newState();
  state.request(true, { x: 20, y: 20, width: 65535, height: 65535 });
  assertEquals(state.next()?.region.rects, [{ x: 20, y: 20, width: 4, height: 4 }]);
  state.request(true, { x: 65535, y: 65535, width: 65535, height: 65535 });
  assertEquals(state.next(), undefined);
  assert(state.wanted);
});

Deno.test("an empty area can still ask for pseudo-rectangles", () => {
  const state = newState();
  state.request(true, { x: 0, y: 0, width: 0, height: 0 });
  assertEquals(state.next(), undefined);
  assertEquals(state.next({ always: true })?.region.isEmpty, true);
  assert(!state.wanted);
});

Deno.test("what is not incremental is sent again", () => {
  const state = currentState();
  const area = { x: 1, y: 2, width: 3, height: 4 };
  state.request(false, area);
  assertEquals(state.next()?.region.rects, [area]);
});

Deno.test("a slow viewer is owed a region, not a queue", () => {
  const state = currentState();
  const change = Region.of({ x: 0, y: 0, width: 2, height: 2 });
  for (let i = 0; i < 1000; i++) state.frameChanged(change, [], false);
  state.request(true, BOUNDS);
  assertEquals(state.next()?.region.rects, change.rects);
  state.request(true, BOUNDS);
  assertEquals(state.next(), undefined);
});

Deno.test("what a slow viewer is owed is bounded, and holds all that changed", () => {
  const bounds = { x: 0, y: 0, width: 4000, height: 3000 };
  const state = new UpdateState();
  state.resize(bounds);
  state.request(true, bounds);
  state.next();
  state.sent();
  const random = new Random(1);
  let all = Region.empty;
  for (let frame = 0; frame < 50; frame++) {
    const dots = Array.from({ length: 100 }, () => ({
      ...{ x: random.below(4000), y: random.below(3000), width: 1, height: 1 },
    }));
    state.frameChanged(Region.of(...dots), [], false);
    all = all.union(Region.of(...dots));
  }
  state.request(true, bounds);
  const { region } = state.next()!;
  assert(region.rects.length <= 500, `${region.rects.length} rectangles`);
  assert(all.subtract(region).isEmpty);
  assert(region.subtract(Region.of(bounds)).isEmpty);
});

Deno.test("what a viewer asks for again and again is bounded, too", () => {
  const bounds = { x: 0, y: 0, width: 4000, height: 3000 };
  const state = new UpdateState();
  state.resize(bounds);
  state.request(true, bounds);
  state.next();
  const random = new Random(1);
  for (let i = 0; i < 2000; i++) {
    state.request(false, { x: random.below(4000), y: random.below(3000), width: 1, height: 1 });
  }
  assert(state.next()!.region.rects.length <= 500);
});

const MOVE: Move = { to: { x: 0, y: 0, width: 4, height: 4 }, dx: 0, dy: -1 };

Deno.test("a move is sent as such to a viewer that has its source", () => {
  const state = currentState();
  state.frameChanged(Region.empty, [MOVE], true);
  state.request(true, BOUNDS);
  assertEquals(state.next(), {
    moves: [MOVE],
    region: Region.empty,
    refresh: Region.empty,
    share: 1,
  });
});

Deno.test("a move becomes pixels for a viewer that can't copy", () => {
  const state = currentState();
  state.frameChanged(Region.empty, [MOVE], false);
  state.request(true, BOUNDS);
  assertEquals(state.next()?.region.rects, [MOVE.to]);
});

Deno.test("a move becomes pixels only where the viewer lacks its source", () => {
  const state = currentState();
  state.frameChanged(Region.of({ x: 0, y: 3, width: 4, height: 1 }), [], true);
  state.frameChanged(Region.empty, [MOVE], true);
  state.request(true, BOUNDS);
  assertEquals(state.next(), {
    moves: [
      { to: { x: 0, y: 0, width: 4, height: 2 }, dx: 0, dy: -1 },
      { to: { x: 0, y: 3, width: 4, height: 1 }, dx: 0, dy: -1 },
    ],
    region: Region.of({ x: 0, y: 2, width: 4, height: 1 }),
    refresh: Region.empty,
    share: 1,
  });
});

Deno.test("the pieces of a move go one after the other in its direction", () => {
  for (const [dx, dy] of [[0, 2], [0, -2], [2, 0], [-2, 0], [2, 2], [-2, 2]] as const) {
    const state = currentState();
    const lacking = [[6, 6], [12, 14], [17, 9]] as const;
    const holes = lacking.map(([x, y]) => ({ x, y, width: 1, height: 1 }));
    state.frameChanged(Region.of(...holes), [], true);
    const to = { x: 4 + dx, y: 4 + dy, width: 16, height: 16 };
    state.frameChanged(Region.empty, [{ to, dx, dy }], true);
    state.request(true, BOUNDS);
    const { moves } = state.next()!;
    assert(moves.length > 2 && moves.length <= 8, `${moves.length} pieces`);
    for (const [i, move] of moves.entries()) {
      const before = Region.of(...moves.slice(0, i).map((earlier) => earlier.to));
      assert(before.intersect(Region.of(moveSource(move))).isEmpty, `${dx},${dy}: piece ${i}`);
    }
  }
});

Deno.test("a move of which the viewer has only crumbs stays a few pieces", () => {
  const state = currentState();
  const dots = Array.from(
    { length: 12 },
    (_, i) => ({ x: 1 + i % 8, y: i * 2, width: 1, height: 1 }),
  );
  state.frameChanged(Region.of(...dots), [], true);
  const to = { x: 12, y: 0, width: 12, height: SIZE };
  state.frameChanged(Region.empty, [{ to, dx: 12, dy: 0 }], true);
  state.request(true, BOUNDS);
  const { moves, region } = state.next()!;
  assertEquals(moves.length, 8);
  const brought = region.union(Region.of(...moves.map((move) => move.to)));
  assert(Region.of(to).subtract(brought).isEmpty);
});

Deno.test("a move becomes pixels where its source is still being sent", () => {
  const state = newState();
  state.request(true, BOUNDS);
  state.next();
  state.frameChanged(Region.empty, [MOVE], true);
  state.sent();
  state.request(true, BOUNDS);
  const region = Region.of(MOVE.to);
  assertEquals(state.next(), { moves: [], region, refresh: Region.empty, share: 1 });
});

Deno.test("moves that add up for a slow viewer become pixels at last", () => {
  const state = currentState();
  for (let n = 0; n < 64; n++) state.frameChanged(Region.empty, [MOVE], true);
  const more = currentState();
  for (let n = 0; n < 65; n++) more.frameChanged(Region.empty, [MOVE], true);
  for (const each of [state, more]) each.request(true, BOUNDS);
  assertEquals(state.next()?.moves.length, 64);
  const { moves, region } = more.next()!;
  assertEquals([moves, region.rects], [[], [MOVE.to]]);
});

Deno.test("what doesn't fit into an update comes with the next ones, each told its share", () => {
  const state = newState();
  const shares: number[] = [];
  let brought = Region.empty;
  for (let n = 0; n < 2; n++) {
    state.request(true, BOUNDS);
    const { region, share } = state.next({ pixels: SIZE * 16 })!;
    state.sent();
    brought = brought.union(region);
    shares.push(share);
  }
  assertEquals([shares, brought], [[16 / SIZE, 1], all]);
});

Deno.test("a viewer that asks for a whole picture gets it in one update", () => {
  const state = currentState();
  state.request(false, BOUNDS);
  assertEquals(state.next({ pixels: 1 })?.region, all);
});

Deno.test("what came lossy and has settled is sent again, as much as there is room for", () => {
  const state = currentState();
  state.sent([BOUNDS], []);
  for (let n = 0; n < 2; n++) state.lossy.tick();
  state.request(true, BOUNDS);
  assertEquals(state.next({ refreshPixels: 0 }), undefined);
  const plan = state.next({ refreshPixels: SIZE * 16 });
  assertEquals(plan?.refresh.rects, [{ ...BOUNDS, height: 16 }]);
  assert(plan?.region.isEmpty);
});

Deno.test("nothing is copied into an area that the viewer lost", () => {
  const state = currentState();
  state.frameChanged(Region.empty, [MOVE], true);
  state.request(false, { x: 0, y: 0, width: 1, height: 1 });
  const plan = state.next();
  assertEquals(plan?.moves, []);
});

/** A picture of one number a pixel. */
class Picture {
  readonly pixels: number[] = new Array(SIZE * SIZE).fill(0);

  fill(rect: Rect, value: () => number): void {
    this.#each(rect, (at) => this.pixels[at] = value());
  }

  take(region: Region, from: Picture): void {
    for (const rect of region.rects) this.#each(rect, (at) => this.pixels[at] = from.pixels[at]!);
  }

  move({ to, dx, dy }: Move): void {
    const before = [...this.pixels];
    this.#each(to, (at) => this.pixels[at] = before[at - dy * SIZE - dx]!);
  }

  #each(rect: Rect, visit: (at: number) => void): void {
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) visit(y * SIZE + x);
    }
  }
}

/** A desktop and a viewer that behave at random, as both may. */
class Simulation {
  readonly state = newState();
  readonly desktop = new Picture();
  readonly viewer = new Picture();
  movesMade = 0;
  /** Of these, pieces of a move. */
  piecesMade = 0;
  #colour = 1;

  constructor(readonly random: Random) {}

  #rect(): Rect {
    const x = this.random.below(SIZE);
    const y = this.random.below(SIZE);
    const width = 1 + this.random.below(SIZE - x);
    return { x, y, width, height: 1 + this.random.below(SIZE - y) };
  }

  #paint(picture: Picture, rect: Rect): void {
    picture.fill(rect, () => this.#colour++);
  }

  /** A frame with a few moves and a few new pixels, as the damage tracker reports one. */
  newFrame(): void {
    const moves: Move[] = [];
    for (let i = this.random.below(3); i > 0; i--) {
      const source = this.#rect();
      const to = {
        ...source,
        x: this.random.below(SIZE - source.width + 1),
        y: this.random.below(SIZE - source.height + 1),
      };
      if (moves.some((earlier) => !Region.of(earlier.to).intersect(Region.of(source)).isEmpty)) {
        continue;
      }
      const move = { to, dx: to.x - source.x, dy: to.y - source.y };
      assertEquals(moveSource(move), source);
      this.desktop.move(move);
      moves.push(move);
    }
    const targets = Region.of(...moves.map(({ to }) => to));
    let changed = Region.empty;
    for (let i = this.random.below(3); i > 0; i--) {
      const area = Region.of(this.#rect()).subtract(targets);
      for (const rect of area.rects) this.#paint(this.desktop, rect);
      changed = changed.union(area);
    }
    this.state.frameChanged(changed, moves, true);
  }

  /** Asks for some area; one that isn't incremental is asked for because it was lost. */
  ask(): void {
    const incremental = this.random.below(4) > 0;
    const rect = this.random.below(2) ? BOUNDS : this.#rect();
    if (!incremental) this.#paint(this.viewer, rect);
    this.state.request(incremental, rect);
  }

  /** Sends an update, slowly: frames come between its rectangles. */
  send(): boolean {
    const plan = this.state.next();
    if (plan === undefined) return false;
    this.movesMade += plan.moves.length;
    for (const [i, move] of plan.moves.entries()) {
      const before = plan.moves[i - 1];
      if (before?.dx === move.dx && before.dy === move.dy) this.piecesMade++;
      this.viewer.move(move);
    }
    for (const rect of plan.region.rects) {
      if (this.random.below(4) === 0) this.newFrame();
      this.viewer.take(Region.of(rect), this.desktop);
    }
    this.state.sent();
    return true;
  }
}

Deno.test("whatever moves, changes and gets lost, the viewer ends with the desktop's picture", () => {
  let moves = 0;
  let pieces = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const simulation = new Simulation(new Random(seed));
    for (let step = 0; step < 40; step++) {
      const dice = simulation.random.below(3);
      if (dice === 0) simulation.newFrame();
      else if (dice === 1) simulation.ask();
      else simulation.send();
    }
    do simulation.state.request(true, BOUNDS); while (simulation.send());
    assertEquals(simulation.viewer.pixels, simulation.desktop.pixels, `seed ${seed}`);
    moves += simulation.movesMade;
    pieces += simulation.piecesMade;
  }
  assert(moves > 100, `only ${moves} moves were made`);
  assert(pieces > 100, `only ${pieces} pieces of moves were made`);
});

Deno.test("a new size makes everything needed and forgets the request", () => {
  const state = currentState();
  state.request(true, BOUNDS);
  state.resize({ x: 0, y: 0, width: 9, height: 5 });
  assert(!state.wanted);
  state.request(true, all.rects[0]!);
  assertEquals(state.next()?.region.rects, [{ x: 0, y: 0, width: 9, height: 5 }]);
});
