// A process as a service, by stand-ins for Windows' functions.

import { assertEquals, assertRejects } from "@std/assert";
import { runService, type Service } from "../../src/cli/service/dispatcher.ts";
import { SERVICE_STATUS, SERVICE_TABLE_ENTRYW } from "../../src/cli/service/service_structs.ts";
import type { ServiceLibraries } from "../../src/cli/service/service_symbols.ts";

const STOP = 1;
const SHUTDOWN = 5;
const STOPPED = 1;
const STOP_PENDING = 3;
const RUNNING = 4;

const MAIN = { parameters: ["u32", "pointer"], result: "void" } as const;
const HANDLER = { parameters: ["u32", "u32", "pointer", "pointer"], result: "u32" } as const;

/** A service control manager that starts a service and sends it controls; `handle` is the service's. */
class FakeManager {
  /** Each state that it was told, and the controls accepted in it. */
  readonly told: [state: number, accepted: number][] = [];
  readonly #stopped = Promise.withResolvers<void>();
  #send = (_: number) => {};

  readonly libraries = {
    advapi32: {
      StartServiceCtrlDispatcherW: async (table: Uint8Array) => {
        const view = new DataView(table.buffer);
        const address = view.getBigUint64(SERVICE_TABLE_ENTRYW.lpServiceProc, true);
        const main = Deno.UnsafePointer.create<typeof MAIN>(address)!;
        new Deno.UnsafeFnPointer(main, MAIN).call(0, null);
        await this.#stopped.promise;
        return 1;
      },
      RegisterServiceCtrlHandlerExW: (
        _: Uint16Array,
        handler: Deno.PointerObject<typeof HANDLER>,
      ) => {
        const call = new Deno.UnsafeFnPointer(handler, HANDLER);
        this.#send = (control) => call.call(control, 0, null, null);
        return this.handle;
      },
      SetServiceStatus: (_: bigint, status: Uint8Array) => {
        const view = new DataView(status.buffer);
        const state = view.getUint32(SERVICE_STATUS.dwCurrentState, true);
        this.told.push([state, view.getUint32(SERVICE_STATUS.dwControlsAccepted, true)]);
        if (state === STOPPED) this.#stopped.resolve();
        return 1;
      },
    },
  } as unknown as ServiceLibraries;

  constructor(readonly handle = 1n) {}

  send(control: number): void {
    this.#send(control);
  }
}

/** A service that counts what it is asked for. */
function countingService(did: string[]): Service {
  return {
    start: () => did.push("start"),
    sessionChanged: () => did.push("session changed"),
    stop: async () => void await did.push("stop"),
  };
}

Deno.test("a running service can be stopped, and hears of sessions and of the shutdown", async () => {
  const manager = new FakeManager();
  const did: string[] = [];
  const running = runService(manager.libraries, countingService(did));
  manager.send(14);
  assertEquals(manager.told, [[RUNNING, 0x1 | 0x4 | 0x80]]);
  manager.send(STOP);
  await running;
  assertEquals(did, ["start", "session changed", "stop"]);
});

Deno.test("a service that is told to stop twice does it once", async () => {
  const manager = new FakeManager();
  const did: string[] = [];
  const running = runService(manager.libraries, countingService(did));
  manager.send(STOP);
  manager.send(SHUTDOWN);
  await running;
  assertEquals(did, ["start", "stop"]);
  assertEquals(manager.told.map(([state]) => state), [RUNNING, STOP_PENDING, STOPPED]);
});

Deno.test("a service that Windows can't reach ends", async () => {
  const manager = new FakeManager(0n);
  const did: string[] = [];
  await assertRejects(
    () => runService(manager.libraries, countingService(did)),
    Error,
    "Windows takes no controls for the service",
  );
  assertEquals([did, manager.told], [[], []]);
});
