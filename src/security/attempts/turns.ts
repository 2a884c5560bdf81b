import { AuthError } from "../../rfb/errors.ts";

/** Lets one task of each key run at a time, the others in the order in which they came. */
export class Turns {
  readonly #most: number;
  readonly #queues = new Map<string, { last: Promise<unknown>; length: number }>();

  /** @param most Tasks of one key that may run and wait at once. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Runs a task when its turn has come.
   * @throws {AuthError} When too many wait already.
   */
  async take<T>(key: string, task: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? { last: Promise.resolve(), length: 0 };
    if (queue.length >= this.#most) throw new AuthError("too many attempts at once");
    this.#queues.set(key, queue);
    queue.length++;
    const done = queue.last.then(task);
    queue.last = done.catch(() => {});
    try {
      return await done;
    } finally {
      if (--queue.length === 0) this.#queues.delete(key);
    }
  }
}
