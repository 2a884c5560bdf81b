import { SECURITY_ATTRIBUTES } from "../../security/access/access_symbols.ts";
import { wide } from "../../desktop/windows/wide.ts";
import { addressOf } from "./libraries.ts";
import type { ServiceLibraries } from "./service_symbols.ts";
import { LITTLE_ENDIAN, PROCESS_INFORMATION, STARTUPINFOW } from "./service_structs.ts";

const TOKEN_ASSIGN_PRIMARY = 0x1;
const TOKEN_DUPLICATE = 0x2;
const TOKEN_QUERY = 0x8;
const TOKEN_ADJUST_DEFAULT = 0x80;
const TOKEN_ADJUST_SESSIONID = 0x100;
const TOKEN_RIGHTS = TOKEN_ASSIGN_PRIMARY | TOKEN_DUPLICATE | TOKEN_QUERY | TOKEN_ADJUST_DEFAULT |
  TOKEN_ADJUST_SESSIONID;
const SecurityIdentification = 1;
const TokenPrimary = 1;
const TokenSessionId = 12;

const HANDLE_FLAG_INHERIT = 0x1;
const STARTF_USESTDHANDLES = 0x100;
const CREATE_NO_WINDOW = 0x8000000;
const INFINITE = 0xffffffff;
/** The desktop that a person works at; the process finds that of the lock screen itself. */
const DESKTOP = "winsta0\\default";

/** A process in the session of the person at the screen. */
export interface SessionProcess {
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end, by closing its standard input. */
  askToEnd(): void;
  /** Ends it at once. */
  terminate(): void;
}

/**
 * Starts a process with this one's rights in another session. Its standard input is a pipe that nobody
 * writes to: it ends when this process asks for that, and when this process is gone.
 * @throws {Error} When Windows doesn't do it.
 */
export function startInSession(
  libraries: ServiceLibraries,
  session: number,
  command: string,
): SessionProcess {
  const { advapi32, kernel32 } = libraries;
  const check = (what: string, success: number) => {
    if (success === 0) throw new Error(`${what} failed (error ${kernel32.GetLastError()})`);
  };
  using opened = new DisposableStack();
  /** What is closed only when there is no process to keep it for. */
  using kept = new DisposableStack();
  const handleOf = (cell: BigUint64Array<ArrayBuffer>, owner = opened) =>
    owner.adopt(cell[0]!, (handle) => kernel32.CloseHandle(handle));
  const token = sessionToken();
  const { read, write } = inheritedPipe();
  const desktop = wide(DESKTOP);
  const started = new Uint8Array(PROCESS_INFORMATION.size);
  check(
    "CreateProcessAsUserW",
    advapi32.CreateProcessAsUserW(
      ...[token, null, wide(command), null, null, 1, CREATE_NO_WINDOW, null, null] as const,
      ...[startupInfo(desktop, read), started] as const,
    ),
  );
  kept.move();
  const information = new DataView(started.buffer);
  const at = (offset: number) => information.getBigUint64(offset, LITTLE_ENDIAN);
  kernel32.CloseHandle(at(PROCESS_INFORMATION.hThread));
  return new StartedProcess(libraries, at(PROCESS_INFORMATION.hProcess), write);

  /** This process's own token, for the other session. */
  function sessionToken(): bigint {
    const [own, other] = [new BigUint64Array(1), new BigUint64Array(1)];
    const self = kernel32.GetCurrentProcess();
    check("OpenProcessToken", advapi32.OpenProcessToken(self, TOKEN_RIGHTS, own));
    const duplicated = advapi32.DuplicateTokenEx(
      ...[handleOf(own), TOKEN_RIGHTS, null, SecurityIdentification, TokenPrimary, other] as const,
    );
    check("DuplicateTokenEx", duplicated);
    const made = handleOf(other);
    const id = Uint32Array.of(session);
    const isSet = advapi32.SetTokenInformation(made, TokenSessionId, id, id.byteLength);
    check("SetTokenInformation", isSet);
    return made;
  }

  /**
   * A pipe whose end for reading the process gets; the other one would keep it open there. Windows'
   * documentation denies that handles can be inherited across sessions. They can, and others' services
   * rely on it, Chrome Remote Desktop's say.
   */
  function inheritedPipe(): { read: bigint; write: bigint } {
    const attributes = new Uint8Array(SECURITY_ATTRIBUTES.size);
    const view = new DataView(attributes.buffer);
    view.setUint32(SECURITY_ATTRIBUTES.nLength, attributes.length, LITTLE_ENDIAN);
    view.setUint32(SECURITY_ATTRIBUTES.bInheritHandle, 1, LITTLE_ENDIAN);
    const [read, write] = [new BigUint64Array(1), new BigUint64Array(1)];
    check("CreatePipe", kernel32.CreatePipe(read, write, attributes, 0));
    const ends = { read: handleOf(read), write: handleOf(write, kept) };
    const isOwn = kernel32.SetHandleInformation(ends.write, HANDLE_FLAG_INHERIT, 0);
    check("SetHandleInformation", isOwn);
    return ends;
  }
}

/** @param desktop Must live as long as the result is used. */
function startupInfo(desktop: BufferSource, input: bigint): Uint8Array<ArrayBuffer> {
  const info = new Uint8Array(STARTUPINFOW.size);
  const view = new DataView(info.buffer);
  view.setUint32(STARTUPINFOW.cb, info.length, LITTLE_ENDIAN);
  view.setBigUint64(STARTUPINFOW.lpDesktop, addressOf(desktop), LITTLE_ENDIAN);
  view.setUint32(STARTUPINFOW.dwFlags, STARTF_USESTDHANDLES, LITTLE_ENDIAN);
  view.setBigUint64(STARTUPINFOW.hStdInput, input, LITTLE_ENDIAN);
  return info;
}

class StartedProcess implements SessionProcess {
  readonly ended: Promise<void>;
  readonly #libraries: ServiceLibraries;
  readonly #process: bigint;
  #input: bigint | undefined;
  #hasEnded = false;

  constructor(libraries: ServiceLibraries, process: bigint, input: bigint) {
    this.#libraries = libraries;
    this.#process = process;
    this.#input = input;
    this.ended = this.#wait();
  }

  askToEnd(): void {
    if (this.#input !== undefined) this.#libraries.kernel32.CloseHandle(this.#input);
    this.#input = undefined;
  }

  terminate(): void {
    if (!this.#hasEnded) this.#libraries.kernel32.TerminateProcess(this.#process, 1);
  }

  async #wait(): Promise<void> {
    await this.#libraries.kernel32.WaitForSingleObject(this.#process, INFINITE);
    this.#hasEnded = true;
    this.#libraries.kernel32.CloseHandle(this.#process);
    this.askToEnd();
  }
}
