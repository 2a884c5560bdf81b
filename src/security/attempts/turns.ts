import { AuthError } from "../../rfb/errors.ts";
import { Queue } from "../queue.ts";

/** Lets one task of each key run at a time, the others in the order in which they came. */
export class Turns {
  readonly #most: number;
  readonly #queues = new Map<string, Queue>();

  /** @param most Tasks of one key that may run and wait at once. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Runs a task when its turn has come.
   * @throws {AuthError} When too many wait already.
   */
  async take<T>(key: string, task: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? new Queue(1);
    if (queue.length >= this.#most) throw new AuthError("too many attempts at once");
    this.#queues.set(key, queue);
    try {
      return await queue.pass(task);
    } finally {
      if (queue.length === 0) this.#queues.delete(key);
    }
  }
}
