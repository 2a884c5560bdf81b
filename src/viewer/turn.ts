/**
 * Milliseconds of one turn of the event loop for the viewers' encoding and messages, all together.
 * That is how long anything else, somebody's input above all, may have to wait for them.
 */
const TURN = 6;

/** When this turn's work began; undefined as long as there was none. */
let start: number | undefined;

/** Whether this turn's time is used up; what can wait is to wait for the {@linkcode nextTurn} then. */
export function isTurnOver(): boolean {
  if (start !== undefined) return performance.now() - start >= TURN;
  start = performance.now();
  // Unlike a timer it wakes nobody: this turn is over when all has run that had come by now.
  setImmediate(() => start = undefined);
  return false;
}

/** Who waits for a turn, in the order in which they get one. */
const waiting: (() => void)[] = [];
let drainIsDue = false;

/**
 * Settles in a later turn of the event loop, after sockets have had theirs. In Deno they have it when
 * the loop waits for something outside of it; with setImmediate a reader waits for some 60 turns.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    drainLater();
  });
}

/** Long enough for the loop to have begun to wait when its digest is there. */
const WORK_ELSEWHERE = new Uint8Array(128 * 1024);

/** Milliseconds after which a timer makes sure that sockets had their turn. */
const SURE = 50;
let lastTimer = 0;

/** A digest is back from another thread in 0.2 ms, where a timer takes 1.8: a quarter of a film's frame. */
function drainLater(): void {
  if (drainIsDue) return;
  drainIsDue = true;
  const now = performance.now();
  if (now - lastTimer < SURE) {
    crypto.subtle.digest("SHA-1", WORK_ELSEWHERE).then(drain);
  } else {
    lastTimer = now;
    setTimeout(drain);
  }
}

/** Lets those who wait go on, one after the other, for as long as the turn lasts. */
async function drain(): Promise<void> {
  start = undefined;
  while (waiting.length > 0 && !isTurnOver()) {
    waiting.shift()!();
    // What has been let go does its work before this goes on.
    await null;
  }
  drainIsDue = false;
  if (waiting.length > 0) drainLater();
}
