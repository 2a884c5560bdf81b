import { CommandError } from "../failure.ts";
import { wide } from "../../desktop/windows/wide.ts";
import { addressOf, SERVICE_NAME } from "./libraries.ts";
import type { ServiceLibraries } from "./service_symbols.ts";
import {
  LITTLE_ENDIAN,
  SC_ACTION,
  SERVICE_FAILURE_ACTIONSW,
  SERVICE_STATUS,
} from "./service_structs.ts";

const SC_MANAGER_CONNECT = 0x1;
const SC_MANAGER_CREATE_SERVICE = 0x2;
const SERVICE_ALL_ACCESS = 0xf01ff;
const SERVICE_QUERY_STATUS = 0x4;
const SERVICE_START = 0x10;
const SERVICE_STOP = 0x20;
const DELETE = 0x10000;

export const SERVICE_WIN32_OWN_PROCESS = 0x10;
const SERVICE_AUTO_START = 2;
const SERVICE_ERROR_NORMAL = 1;
const SERVICE_CONTROL_STOP = 1;

/** What ChangeServiceConfig2W changes. */
const SERVICE_CONFIG_DESCRIPTION = 1;
const SERVICE_CONFIG_FAILURE_ACTIONS = 2;
const SERVICE_CONFIG_FAILURE_ACTIONS_FLAG = 4;
const SERVICE_CONFIG_SERVICE_SID_INFO = 5;
const SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO = 6;
const SERVICE_SID_TYPE_UNRESTRICTED = 1;

/** What it costs where one of them is unknown, as it is in Wine; nothing else may be. */
const WITHOUT: Readonly<Record<number, string>> = {
  [SERVICE_CONFIG_FAILURE_ACTIONS_FLAG]:
    "this Windows doesn't know failures without a crash: the service isn't started again after them",
  [SERVICE_CONFIG_SERVICE_SID_INFO]:
    "this Windows doesn't know identities of services: this one has only SYSTEM's",
  [SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO]:
    "this Windows doesn't know services with restricted rights: this one runs with all of SYSTEM's",
};

const SC_ACTION_RESTART = 1;
/** Milliseconds before each restart; the last one counts for all that follow. */
const RESTART_DELAYS = [1000, 5000, 60_000];
/** Seconds without a failure after which they are counted anew. */
const RESET_PERIOD = 3600;

const DESCRIPTION = "Shares this computer's screen with VNC viewers, the sign-in screen included.";

/** All that starting a process in the session of the person at the screen takes. */
export const PRIVILEGES = [
  "SeTcbPrivilege",
  "SeAssignPrimaryTokenPrivilege",
  "SeIncreaseQuotaPrivilege",
  "SeChangeNotifyPrivilege",
] as const;

/** The states of a service, by SERVICE_STATUS.dwCurrentState. */
const STATES = [
  ...["unknown", "stopped", "starting", "stopping", "running"] as const,
  ...["continuing", "pausing", "paused"] as const,
] as const;
export type ServiceState = typeof STATES[number];

const ERROR_INVALID_LEVEL = 124;
const ERROR_SERVICE_DOES_NOT_EXIST = 1060;
/** Windows' errors in words; any other is a number. */
const ERRORS: Readonly<Record<number, string>> = {
  5: "this takes an administrator; start it in a console that was opened with “Run as administrator”",
  1053: "the service didn't answer; its log may say why",
  1056: "the service is running already",
  1060: "the service isn't installed; vncd service install does that",
  1061: "the service is just starting or stopping; try again when that is done",
  1062: "the service isn't running",
  1072: "the service is being removed; close windows that show services, and try again",
  1073: "the service is installed already; vncd service remove takes it away",
};

/** The service control manager, asked about vncd's service. */
export class ServiceManager {
  readonly #libraries: ServiceLibraries;
  readonly #name: string;

  constructor(libraries: ServiceLibraries, name = SERVICE_NAME) {
    this.#libraries = libraries;
    this.#name = name;
  }

  /** @throws {CommandError} When whoever runs this may not install services. */
  checkRights(): void {
    this.#withManager(SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE, () => {});
  }

  /**
   * Installs the service; it starts with Windows, and again when it fails.
   * @param command The whole command line, with its file in quotation marks.
   * @param warn Is told of what this Windows doesn't know; every one since 10 knows it all.
   * @throws {CommandError} When Windows doesn't do it.
   */
  install(command: string, warn: (message: string) => void): void {
    this.#withManager(SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE, (manager) => {
      const service = this.#libraries.advapi32.CreateServiceW(
        ...[manager, wide(this.#name), wide("vncd, the VNC server"), SERVICE_ALL_ACCESS] as const,
        ...[SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START, SERVICE_ERROR_NORMAL] as const,
        // As SYSTEM, who alone may see the screen where people sign in.
        ...[wide(command), null, null, null, null, null] as const,
      );
      this.#check(service !== 0n);
      this.#closing(service, () => this.#configureOrDelete(service, warn));
    });
  }

  /** Removes the service: at once, or when it has stopped. */
  remove(): void {
    this.#withService(DELETE, (service) => {
      this.#check(this.#libraries.advapi32.DeleteService(service) !== 0);
    });
  }

  start(): void {
    this.#withService(SERVICE_START, (service) => {
      this.#check(this.#libraries.advapi32.StartServiceW(service, 0, null) !== 0);
    });
  }

  /** Asks it to stop. */
  stop(): void {
    this.#withService(SERVICE_STOP, (service) => {
      const status = new Uint8Array(SERVICE_STATUS.size);
      const { ControlService } = this.#libraries.advapi32;
      this.#check(ControlService(service, SERVICE_CONTROL_STOP, status) !== 0);
    });
  }

  /** What it does now; undefined when there is no such service. */
  state(): ServiceState | undefined {
    return this.#withManager(SC_MANAGER_CONNECT, (manager) => {
      const { advapi32 } = this.#libraries;
      const service = advapi32.OpenServiceW(manager, wide(this.#name), SERVICE_QUERY_STATUS);
      if (service === 0n && this.#lastError() === ERROR_SERVICE_DOES_NOT_EXIST) return undefined;
      this.#check(service !== 0n);
      return this.#closing(service, () => {
        const status = new Uint8Array(SERVICE_STATUS.size);
        this.#check(advapi32.QueryServiceStatus(service, status) !== 0);
        const view = new DataView(status.buffer);
        return STATES[view.getUint32(SERVICE_STATUS.dwCurrentState, LITTLE_ENDIAN)] ?? "unknown";
      });
    });
  }

  /** A service with more rights than it should have, or that isn't started again, is none. */
  #configureOrDelete(service: bigint, warn: (message: string) => void): void {
    try {
      this.#configure(service, warn);
    } catch (error) {
      this.#libraries.advapi32.DeleteService(service);
      throw error;
    }
  }

  #configure(service: bigint, warn: (message: string) => void): void {
    const change = (what: number, info: BufferSource) => {
      if (this.#libraries.advapi32.ChangeServiceConfig2W(service, what, info) !== 0) return;
      const loss = WITHOUT[what];
      if (loss === undefined) return this.#check(false);
      this.#check(this.#lastError() === ERROR_INVALID_LEVEL);
      warn(loss);
    };
    const description = wide(DESCRIPTION);
    change(SERVICE_CONFIG_DESCRIPTION, BigUint64Array.of(addressOf(description)));
    const { actions, info } = failureActions();
    change(SERVICE_CONFIG_FAILURE_ACTIONS, info);
    // It counts as failed when it stops with an error, too, not only when it crashes.
    change(SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, Uint32Array.of(1));
    change(SERVICE_CONFIG_SERVICE_SID_INFO, Uint32Array.of(SERVICE_SID_TYPE_UNRESTRICTED));
    // The names one after the other, each ended by a NUL, and one more at the end.
    const privileges = wide(PRIVILEGES.map((name) => `${name}\0`).join(""));
    change(SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO, BigUint64Array.of(addressOf(privileges)));
    keepAlive(description, actions, privileges);
  }

  #withService(rights: number, use: (service: bigint) => void): void {
    this.#withManager(SC_MANAGER_CONNECT, (manager) => {
      const { OpenServiceW } = this.#libraries.advapi32;
      const service = OpenServiceW(manager, wide(this.#name), rights);
      this.#check(service !== 0n);
      this.#closing(service, () => use(service));
    });
  }

  #withManager<T>(rights: number, use: (manager: bigint) => T): T {
    const manager = this.#libraries.advapi32.OpenSCManagerW(null, null, rights);
    this.#check(manager !== 0n);
    return this.#closing(manager, () => use(manager));
  }

  #closing<T>(handle: bigint, use: () => T): T {
    try {
      return use();
    } finally {
      this.#libraries.advapi32.CloseServiceHandle(handle);
    }
  }

  #lastError(): number {
    return this.#libraries.kernel32.GetLastError();
  }

  /** @throws {CommandError} When Windows said no. */
  #check(success: boolean): void {
    if (success) return;
    const code = this.#lastError();
    throw new CommandError(ERRORS[code] ?? `Windows refuses it (error ${code})`);
  }
}

function failureActions(): {
  readonly actions: Uint32Array;
  readonly info: Uint8Array<ArrayBuffer>;
} {
  const actions = Uint32Array.from(RESTART_DELAYS.flatMap((delay) => [SC_ACTION_RESTART, delay]));
  const info = new Uint8Array(SERVICE_FAILURE_ACTIONSW.size);
  const view = new DataView(info.buffer);
  const { dwResetPeriod, cActions, lpsaActions } = SERVICE_FAILURE_ACTIONSW;
  view.setUint32(dwResetPeriod, RESET_PERIOD, LITTLE_ENDIAN);
  view.setUint32(cActions, actions.byteLength / SC_ACTION.size, LITTLE_ENDIAN);
  view.setBigUint64(lpsaActions, addressOf(actions), LITTLE_ENDIAN);
  return { actions, info };
}

/** Buffers that a structure points to must not be collected before they were used. */
function keepAlive(...buffers: ArrayBufferView[]): void {
  for (const buffer of buffers) void buffer.byteLength;
}
