import { assert, assertRejects } from "@std/assert";
import { unforeseenError } from "../../src/cli/unforeseen.ts";

const lost = (message: string) => {
  const promise = Promise.reject(new TypeError(message));
  promise.catch(() => {});
  const reason = new TypeError(message);
  return new PromiseRejectionEvent("unhandledrejection", { promise, reason, cancelable: true });
};

Deno.test("an error that nobody caught is handed over instead of ending the process", async () => {
  const events = [
    new ErrorEvent("error", { error: new TypeError("lost"), cancelable: true }),
    lost("lost"),
  ];
  for (const event of events) {
    const { occurred, dispose } = unforeseenError();
    globalThis.dispatchEvent(event);
    await assertRejects(() => occurred, TypeError, "lost");
    assert(event.defaultPrevented);
    dispose();
  }
});

Deno.test("after that, errors go their usual way", () => {
  unforeseenError().dispose();
  const event = lost("later");
  globalThis.dispatchEvent(event);
  assert(!event.defaultPrevented);
});
