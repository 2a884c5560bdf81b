import { CommandError, EXIT_CODE } from "../failure.ts";
import { wide } from "../../desktop/windows/wide.ts";
import { addressOf, SERVICE_NAME } from "./libraries.ts";
import { SERVICE_WIN32_OWN_PROCESS } from "./manager.ts";
import type { ServiceLibraries } from "./service_symbols.ts";
import { LITTLE_ENDIAN, SERVICE_STATUS, SERVICE_TABLE_ENTRYW } from "./service_structs.ts";

const SERVICE_STOPPED = 1;
const SERVICE_STOP_PENDING = 3;
const SERVICE_RUNNING = 4;

const SERVICE_ACCEPT_STOP = 0x1;
const SERVICE_ACCEPT_SHUTDOWN = 0x4;
const SERVICE_ACCEPT_SESSIONCHANGE = 0x80;
const ACCEPTED = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN | SERVICE_ACCEPT_SESSIONCHANGE;

const SERVICE_CONTROL_STOP = 1;
const SERVICE_CONTROL_INTERROGATE = 4;
const SERVICE_CONTROL_SHUTDOWN = 5;
const SERVICE_CONTROL_SESSIONCHANGE = 14;

const NO_ERROR = 0;
const ERROR_CALL_NOT_IMPLEMENTED = 120;
const ERROR_SERVICE_SPECIFIC_ERROR = 1066;

/** Milliseconds that stopping may take, as the service control manager is told. */
const STOP_PATIENCE = 10_000;

/** What a service does. */
export interface Service {
  start(): void;
  /** People have signed in or out, or another one is at the screen. */
  sessionChanged(): void;
  /** Settles when all has ended. */
  stop(): Promise<void>;
}

const MAIN = { parameters: ["u32", "pointer"], result: "void" } as const;
const HANDLER = { parameters: ["u32", "u32", "pointer", "pointer"], result: "u32" } as const;

/**
 * Runs this process as a service until it has stopped. The calls of the service control manager come on
 * threads of its own, which wait until this one has answered.
 * @throws {CommandError} When the service control manager didn't start this process, or can't reach it;
 *   the process has to end then.
 */
export async function runService(libraries: ServiceLibraries, service: Service): Promise<void> {
  const { advapi32 } = libraries;
  const name = wide(SERVICE_NAME);
  let handle = 0n;
  let failure: unknown;
  let isStopping = false;
  const unreachable = Promise.withResolvers<never>();
  const tell = (state: number, accepted: number, exitCode = NO_ERROR) =>
    advapi32.SetServiceStatus(handle, statusOf(state, accepted, exitCode));
  const stop = async () => {
    // A shutdown may follow.
    if (isStopping) return;
    isStopping = true;
    tell(SERVICE_STOP_PENDING, 0);
    await service.stop().catch((error) => failure ??= error);
    // From here on the process may be ended at any time.
    tell(SERVICE_STOPPED, 0, failure === undefined ? NO_ERROR : ERROR_SERVICE_SPECIFIC_ERROR);
  };
  using handler = callback(HANDLER, (control) => {
    switch (control) {
      case SERVICE_CONTROL_STOP:
      case SERVICE_CONTROL_SHUTDOWN:
        stop();
        return NO_ERROR;
      case SERVICE_CONTROL_SESSIONCHANGE:
        service.sessionChanged();
        return NO_ERROR;
      case SERVICE_CONTROL_INTERROGATE:
        return NO_ERROR;
      default:
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
  });
  using main = callback(MAIN, () => {
    handle = advapi32.RegisterServiceCtrlHandlerExW(name, handler.pointer, null);
    if (handle === 0n) {
      unreachable.reject(new CommandError("Windows takes no controls for the service"));
      return;
    }
    tell(SERVICE_RUNNING, ACCEPTED);
    try {
      service.start();
    } catch (error) {
      failure = error;
      stop();
    }
  });
  const table = serviceTable(name, main.pointer);
  const dispatched = advapi32.StartServiceCtrlDispatcherW(table);
  const wasService = await Promise.race([dispatched, unreachable.promise]) !== 0;
  if (failure !== undefined) throw failure;
  if (!wasService) {
    throw new CommandError("only Windows starts this, as a service: vncd service start");
  }
}

/** A callback for other threads; disposing of it gives it back. */
function callback<const D extends Deno.UnsafeCallbackDefinition>(
  definition: D,
  call: Deno.UnsafeCallbackFunction<D["parameters"], D["result"]>,
): { readonly pointer: Deno.PointerObject } & Disposable {
  const made = Deno.UnsafeCallback.threadSafe(definition, call);
  return { pointer: made.pointer, [Symbol.dispose]: () => made.close() };
}

/** The one service of this process; a second entry of zeros ends the table. */
function serviceTable(name: BufferSource, main: Deno.PointerObject): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(2 * SERVICE_TABLE_ENTRYW.size);
  const view = new DataView(table.buffer);
  view.setBigUint64(SERVICE_TABLE_ENTRYW.lpServiceName, addressOf(name), LITTLE_ENDIAN);
  const address = BigInt(Deno.UnsafePointer.value(main));
  view.setBigUint64(SERVICE_TABLE_ENTRYW.lpServiceProc, address, LITTLE_ENDIAN);
  return table;
}

function statusOf(state: number, accepted: number, exitCode: number): Uint8Array<ArrayBuffer> {
  const status = new Uint8Array(SERVICE_STATUS.size);
  const view = new DataView(status.buffer);
  view.setUint32(SERVICE_STATUS.dwServiceType, SERVICE_WIN32_OWN_PROCESS, LITTLE_ENDIAN);
  view.setUint32(SERVICE_STATUS.dwCurrentState, state, LITTLE_ENDIAN);
  view.setUint32(SERVICE_STATUS.dwControlsAccepted, accepted, LITTLE_ENDIAN);
  view.setUint32(SERVICE_STATUS.dwWin32ExitCode, exitCode, LITTLE_ENDIAN);
  // What ERROR_SERVICE_SPECIFIC_ERROR refers to.
  const specific = exitCode === NO_ERROR ? NO_ERROR : EXIT_CODE.failure;
  view.setUint32(SERVICE_STATUS.dwServiceSpecificExitCode, specific, LITTLE_ENDIAN);
  const patience = state === SERVICE_STOP_PENDING ? STOP_PATIENCE : 0;
  view.setUint32(SERVICE_STATUS.dwWaitHint, patience, LITTLE_ENDIAN);
  return status;
}
