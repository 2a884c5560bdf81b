import { assertEquals, assertRejects } from "@std/assert";
import { findCredentials } from "../../src/cli/credentials.ts";
import { CommandError } from "../../src/cli/failure.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { startServer } from "../../src/cli/start_server.ts";
import { WorkerPool } from "../../src/encodings/pool/worker_pool.ts";
import { createLogger } from "../../src/log.ts";
import { DesktopHost } from "../../src/server/desktop_host.ts";

/** Notes which of them are closed, until it is disposed of. */
class Closings implements Disposable {
  readonly seen: string[] = [];
  readonly #restore: (() => void)[];

  constructor(...types: readonly { readonly name: string; prototype: { close(): void } }[]) {
    this.#restore = types.map(({ name, prototype }) => {
      const { close } = prototype;
      const { seen } = this;
      prototype.close = function () {
        seen.push(name);
        close.call(this);
      };
      return () => prototype.close = close;
    });
  }

  [Symbol.dispose](): void {
    for (const restore of this.#restore) restore();
  }
}

const OPTIONS = ["--desktop", "demo", "--security", "vnc", "--listen", "127.0.0.1", "--port", "0"];
const log = createLogger("error", () => {});

function start(...args: string[]) {
  const { options } = parseCommandLine([...OPTIONS, ...args], {});
  return startServer(options, findCredentials(options, {}, log), {}, log, {
    asked: () => {},
    atOnce: () => {},
  });
}

Deno.test("a start that fails closes what it has opened, as an end does", async () => {
  using closings = new Closings(DesktopHost, WorkerPool);
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await assertRejects(() => start("--accept", "ask"), CommandError, "nobody to ask");
  assertEquals(closings.seen.splice(0), ["DesktopHost", "WorkerPool"]);
  const port = `${taken.addr.port}`;
  await assertRejects(() => start("--port", port), CommandError, "already in use");
  assertEquals(closings.seen.splice(0), ["DesktopHost", "WorkerPool"]);
  await assertRejects(() => start("--desktop", "x11", "--display", ":59999"));
  assertEquals(closings.seen.splice(0), ["WorkerPool"]);
  const server = await start();
  assertEquals(closings.seen, []);
  await server.close();
  assertEquals(closings.seen, ["DesktopHost", "WorkerPool"]);
});
