import { Attempts, type AttemptsOptions } from "../../../src/security/attempts/attempts.ts";
import type { Connection } from "../../../src/rfb/connection.ts";
import { connectionPair } from "../../support/memory_connection.ts";

/** A clock that stands still until somebody sleeps or it is put forward. */
export class FakeTime {
  now = 1_000_000;
  /** How long each sleep was, in milliseconds. */
  readonly slept: number[] = [];

  readonly sleep = (milliseconds: number): Promise<void> => {
    this.slept.push(milliseconds);
    this.now += milliseconds;
    return Promise.resolve();
  };
}

/** Attempts on a fake clock. */
export class Rig {
  readonly time = new FakeTime();
  readonly attempts: Attempts;

  constructor(options: AttemptsOptions = {}) {
    this.attempts = new Attempts({
      now: () => this.time.now,
      sleep: this.time.sleep,
      ...options,
    });
  }

  /** A wrong guess: `wrong`, or why it wasn't even tried. */
  async guess(from: string, account = ""): Promise<string> {
    try {
      await this.attempts.try(at(from), account, () => Promise.resolve(undefined));
      return "wrong";
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** The right password. */
  async enter(from: string, account = ""): Promise<string> {
    try {
      return await this.attempts.try(at(from), account, () => Promise.resolve("in")) ?? "wrong";
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Guesses until it is locked out; how often that went. */
  async guessUntilLocked(from: string, account = ""): Promise<number> {
    for (let count = 0;; count++) {
      if ((await this.guess(from, account)).startsWith("too many")) return count;
    }
  }
}

/** A connection from an address. */
export function at(from: string): Connection {
  const [server] = connectionPair(undefined, from);
  return server;
}
