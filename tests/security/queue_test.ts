import { assertEquals, assertRejects } from "@std/assert";
import { Queue } from "../../src/security/queue.ts";
import { turn } from "../support/session.ts";

/** Tasks that begin when it is their turn, and end when the test wants it. */
class Tasks {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<string>>();

  constructor(readonly queue: Queue) {}

  add(name: string, signal?: AbortSignal): Promise<string> {
    const end = Promise.withResolvers<string>();
    this.#ends.set(name, end);
    return this.queue.pass(() => {
      this.begun.push(name);
      return end.promise;
    }, signal);
  }

  async end(name: string, error?: Error): Promise<void> {
    if (error === undefined) this.#ends.get(name)!.resolve(name);
    else this.#ends.get(name)!.reject(error);
    await turn();
  }
}

Deno.test("so many tasks go on at once, and the others in the order in which they came", async () => {
  const tasks = new Tasks(new Queue(2));
  const all = ["a", "b", "c", "d", "e"].map((name) => tasks.add(name));
  assertEquals([tasks.begun.join(""), tasks.queue.length], ["ab", 5]);
  await tasks.end("b");
  assertEquals([tasks.begun.join(""), tasks.queue.length], ["abc", 4]);
  for (const name of ["c", "a", "d", "e"]) await tasks.end(name);
  assertEquals([tasks.begun.join(""), tasks.queue.length], ["abcde", 0]);
  assertEquals((await Promise.all(all)).join(""), "abcde");
});

Deno.test("a task that fails makes room for the next one", async () => {
  const tasks = new Tasks(new Queue(1));
  const failing = assertRejects(() => tasks.add("a"), Error, "broken");
  const next = tasks.add("b");
  await tasks.end("a", new Error("broken"));
  await failing;
  await tasks.end("b");
  assertEquals([await next, tasks.queue.length], ["b", 0]);
});

Deno.test("who leaves while it waits is passed over; what goes on isn't touched", async () => {
  const tasks = new Tasks(new Queue(1));
  const leave = new AbortController();
  const all = [tasks.add("a", leave.signal), tasks.add("b", leave.signal), tasks.add("c")];
  const left = assertRejects(() => all[1]!, Error, "left");
  leave.abort(new Error("left"));
  await left;
  assertEquals(tasks.queue.length, 2);
  await assertRejects(() => tasks.add("d", leave.signal), Error, "left");
  for (const name of ["a", "c"]) await tasks.end(name);
  assertEquals([tasks.begun.join(""), tasks.queue.length], ["ac", 0]);
  await Promise.all([all[0], all[2]]);
});
