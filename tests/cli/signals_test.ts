import { assertEquals } from "@std/assert";
import { stopSignal } from "../../src/cli/signals.ts";

/** Calls `run` with a stand-in for what Deno does with signals and for `Deno.exit`. */
function withSignals(exit: (code?: number) => never, run: (send: () => void) => void): void {
  const { addSignalListener, removeSignalListener, exit: realExit } = Deno;
  const listeners: (() => void)[] = [];
  Object.assign(Deno, {
    addSignalListener: (name: Deno.Signal, listener: () => void) =>
      name === "SIGINT" && listeners.push(listener),
    removeSignalListener: () => {},
    exit,
  });
  try {
    run(() => listeners.forEach((listener) => listener()));
  } finally {
    Object.assign(Deno, { addSignalListener, removeSignalListener, exit: realExit });
  }
}

Deno.test("a second signal ends vncd at once, also where Deno.exit throws", async () => {
  const codes: (number | undefined)[] = [];
  const exit = (code?: number) => {
    codes.push(code);
    throw new Error("Code not reachable");
  };
  const received: Promise<Deno.Signal>[] = [];
  withSignals(exit, (send) => {
    const signal = stopSignal();
    received.push(signal.received);
    send();
    assertEquals(codes, []);
    send();
    signal.dispose();
  });
  assertEquals(await received[0], "SIGINT");
  assertEquals(codes, [130]);
});
