import { setImmediate } from "node:timers";

/**
 * Milliseconds of one turn of the event loop for the viewers' encoding and messages, all together.
 * That is how long anything else, somebody's input above all, may have to wait for them.
 */
const TURN = 4;

let start: number | undefined;

/** Whether this turn's time is used up; what can wait is to wait for the {@linkcode nextTurn} then. */
export function isTurnOver(): boolean {
  if (start !== undefined) return performance.now() - start >= TURN;
  start = performance.now();
  setImmediate(() => start = undefined);
  return false;
}

/** Settles in the next turn of the event loop, after sockets and timers had theirs. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
