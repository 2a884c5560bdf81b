import { assertEquals } from "@std/assert";
import { AgentKeeper, NO_SESSION } from "../../../src/cli/service/agent_keeper.ts";
import { FakeTimers } from "../../support/fake_timers.ts";

class Place {
  session = 1;
  fails = false;
  /** Whether processes end when they are asked to. */
  obeys = true;
  readonly did: string[] = [];
  #end: (() => void) | undefined;

  readonly keeper = new AgentKeeper({
    active: () => this.session,
    start: (session) => {
      this.did.push(`start ${session}`);
      if (this.fails) throw new Error("no");
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      this.#end = end;
      return {
        ended,
        askToEnd: () => {
          this.did.push("ask");
          if (this.obeys) end();
        },
        terminate: () => {
          this.did.push("terminate");
          end();
        },
      };
    },
  }, { info: () => {}, warn: () => {} });

  crash(): void {
    this.#end!();
  }
}

/** Lets what waits for promises go on. */
const settle = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

Deno.test("the agent moves to the session that is at the screen", async () => {
  using _timers = new FakeTimers();
  const place = new Place();
  place.keeper.start();
  place.keeper.sessionChanged();
  assertEquals(place.did, ["start 1"]);
  place.session = 2;
  place.keeper.sessionChanged();
  await settle();
  assertEquals(place.did, ["start 1", "ask", "start 2"]);
  // Between two sessions there is none; then a notice comes.
  place.session = NO_SESSION;
  place.keeper.sessionChanged();
  await settle();
  assertEquals(place.did.slice(3), ["ask"]);
  place.session = 3;
  place.keeper.sessionChanged();
  assertEquals(place.did.slice(4), ["start 3"]);
  await place.keeper.stop();
});

Deno.test("an agent that ends by itself, or can't be started, is started again a while later", async () => {
  using timers = new FakeTimers();
  const place = new Place();
  place.keeper.start();
  place.crash();
  await settle();
  assertEquals(place.did, ["start 1"]);
  place.fails = true;
  timers.pass(1000);
  assertEquals(place.did, ["start 1", "start 1"]);
  place.fails = false;
  timers.pass(2000);
  assertEquals(place.did, ["start 1", "start 1", "start 1"]);
  await place.keeper.stop();
  await settle();
  assertEquals([place.did.at(-1), timers.running], ["ask", 0]);
});

Deno.test("an agent that ends at once each time is started less and less often", async () => {
  using timers = new FakeTimers();
  const place = new Place();
  const waits: number[] = [];
  const crash = async () => {
    const starts = place.did.length;
    place.crash();
    await settle();
    let waited = 0;
    for (; place.did.length === starts; waited++) timers.pass(1000);
    waits.push(waited);
  };
  place.keeper.start();
  for (let i = 0; i < 8; i++) await crash();
  assertEquals(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
  // One that has worked for a minute is as good as new.
  timers.pass(60_000);
  await crash();
  assertEquals(waits.at(-1), 1);
  await place.keeper.stop();
  assertEquals(timers.running, 0);
});

Deno.test("an agent that doesn't end when it is asked to is ended, and no other one started", async () => {
  using timers = new FakeTimers();
  const place = new Place();
  place.obeys = false;
  place.keeper.start();
  const stopped = place.keeper.stop();
  await settle();
  assertEquals(place.did, ["start 1", "ask"]);
  timers.pass(5000);
  await stopped;
  place.keeper.sessionChanged();
  assertEquals([place.did, timers.running], [["start 1", "ask", "terminate"], 0]);
});
