// A process in another session, by stand-ins for Windows' functions.

import { assert, assertEquals, assertThrows } from "@std/assert";
import type { ServiceLibraries } from "../../src/cli/service/service_symbols.ts";
import { STARTUPINFOW } from "../../src/cli/service/service_structs.ts";
import { startInSession } from "../../src/cli/service/session_process.ts";

const COMMAND = '"C:\\Program Files\\vncd\\vncd.exe" service agent';
const SESSION = 3;
const STEPS = [
  ...["OpenProcessToken", "DuplicateTokenEx", "SetTokenInformation"] as const,
  ...["CreatePipe", "SetHandleInformation", "CreateProcessAsUserW"] as const,
];

/** Windows as far as starting a process goes; one step of it may fail. */
class FakeWindows {
  readonly open = new Set<bigint>();
  readonly did: string[] = [];
  /** The session of each token. */
  readonly sessions = new Map<bigint, number>();
  readonly inherited = new Set<bigint>();
  started: { token: bigint; command: string; desktop: string; input: bigint } | undefined;
  readonly process = Promise.withResolvers<number>();
  #last = 100n;

  readonly libraries: ServiceLibraries;

  constructor(failing?: string) {
    const step = (name: string, run: () => void) => {
      this.did.push(name);
      if (name === failing) return 0;
      run();
      return 1;
    };
    this.libraries = {
      advapi32: {
        OpenProcessToken: (_process: bigint, _rights: number, cell: BigUint64Array) =>
          step("OpenProcessToken", () => this.#put(cell)),
        DuplicateTokenEx: (...args: unknown[]) =>
          step("DuplicateTokenEx", () => {
            assert(this.open.has(args[0] as bigint));
            this.#put(args[5] as BigUint64Array);
          }),
        SetTokenInformation: (token: bigint, what: number, value: Uint32Array, size: number) =>
          step("SetTokenInformation", () => {
            assertEquals([what, size], [12, 4]);
            this.sessions.set(token, value[0]!);
          }),
        CreateProcessAsUserW: (...args: unknown[]) =>
          step("CreateProcessAsUserW", () => this.#start(args)),
      },
      kernel32: {
        GetCurrentProcess: () => 1n,
        GetLastError: () => 5,
        CreatePipe: (read: BigUint64Array, write: BigUint64Array) =>
          step("CreatePipe", () => {
            for (const cell of [read, write]) this.inherited.add(this.#put(cell));
          }),
        SetHandleInformation: (handle: bigint) =>
          step("SetHandleInformation", () => this.inherited.delete(handle)),
        CloseHandle: (handle: bigint) => {
          assert(this.open.delete(handle), `${handle} is closed already`);
          return 1;
        },
        WaitForSingleObject: () => this.process.promise,
        TerminateProcess: () => 1,
      },
    } as unknown as ServiceLibraries;
  }

  #put(cell: BigUint64Array): bigint {
    cell[0] = this.#last++;
    this.open.add(cell[0]);
    return cell[0];
  }

  #start(args: unknown[]): void {
    const [token, , command, , , , , , , info, information] = args as [
      ...[bigint, null, Uint16Array<ArrayBuffer>, null, null, number, number, null, null],
      ...[Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>],
    ];
    assert(this.open.has(token));
    const view = new DataView(info.buffer);
    const desktop = Deno.UnsafePointer.create(view.getBigUint64(STARTUPINFOW.lpDesktop, true))!;
    const text = new Uint8Array(2 * "winsta0\\default".length);
    Deno.UnsafePointerView.copyInto(desktop, text);
    this.started = {
      token,
      command: new TextDecoder("utf-16le").decode(command),
      desktop: new TextDecoder("utf-16le").decode(text),
      input: view.getBigUint64(STARTUPINFOW.hStdInput, true),
    };
    const handles = new BigUint64Array(information.buffer, 0, 2);
    this.#put(handles.subarray(0, 1));
    this.#put(handles.subarray(1, 2));
  }
}

Deno.test("a process starts in the session of the person at the screen, on the desktop there", async () => {
  const windows = new FakeWindows();
  const process = startInSession(windows.libraries, SESSION, COMMAND);
  assertEquals(windows.did, STEPS);
  const { token, command, desktop, input } = windows.started!;
  assertEquals(windows.sessions.get(token), SESSION);
  assertEquals([command, desktop], [`${COMMAND}\0`, "winsta0\\default"]);
  // It inherits the end for reading alone, which is closed here.
  assertEquals([...windows.inherited], [input]);
  assert(!windows.open.has(input));
  // The process, and the pipe's other end.
  assertEquals(windows.open.size, 2);
  process.askToEnd();
  assertEquals(windows.open.size, 1);
  windows.process.resolve(0);
  await process.ended;
  assertEquals(windows.open.size, 0);
});

for (const step of STEPS) {
  Deno.test(`when ${step} fails, nothing stays open`, () => {
    const windows = new FakeWindows(step);
    assertThrows(
      () => startInSession(windows.libraries, SESSION, COMMAND),
      Error,
      `${step} failed (error 5)`,
    );
    assertEquals(windows.did.at(-1), step);
    assertEquals([...windows.open], []);
  });
}
