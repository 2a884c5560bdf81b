import type { Libraries } from "../../../src/desktop/windows/libraries.ts";

export const MEDIUM = 0x2000;
export const HIGH = 0x3000;
export const SYSTEM = 0x4000;

/** A process, by what Windows tells of it. */
interface FakeProcess {
  /** Undefined where Windows doesn't tell. */
  readonly path?: string;
  /** Undefined where nobody may ask. */
  readonly integrity?: number;
  /** The error that it can't be opened with. */
  readonly error?: number;
}

const OWN = 1;
const handleOf = (id: number) => Deno.UnsafePointer.create(BigInt(id));

/** Processes, by their numbers, and which of them has the window in front. */
export class FakeProcesses {
  readonly processes = new Map<number, FakeProcess>();
  /** The window in front is called by the number of its process; 0 for none. */
  front = 0;
  openHandles = 0;
  /** The policy that lets services press Ctrl+Alt+Del. */
  policy: number | undefined;
  #label: BigUint64Array<ArrayBuffer> | undefined;

  readonly libraries = {
    user32: {
      GetForegroundWindow: () => handleOf(this.front),
      GetWindowThreadProcessId: (window: Deno.PointerValue, id: Uint32Array) => {
        id[0] = Number(Deno.UnsafePointer.value(window));
        return Number(this.processes.has(id[0]));
      },
    },
    kernel32: {
      GetCurrentProcess: () => handleOf(OWN),
      GetLastError: () => this.processes.get(this.front)?.error,
      OpenProcess: (_rights: number, _inherit: number, id: number) => {
        if (this.processes.get(id)?.error !== undefined) return null;
        this.openHandles++;
        return handleOf(id);
      },
      QueryFullProcessImageNameW: (
        process: Deno.PointerValue,
        _flags: number,
        text: Uint16Array,
        size: Uint32Array,
      ) => {
        const { path } = this.processes.get(Number(Deno.UnsafePointer.value(process)))!;
        if (path === undefined) return 0;
        text.set([...path].map((unit) => unit.charCodeAt(0)));
        size[0] = path.length;
        return 1;
      },
      CloseHandle: () => this.openHandles--,
    },
    advapi32: {
      OpenProcessToken: (process: Deno.PointerValue, _rights: number, token: BigUint64Array) => {
        const id = Deno.UnsafePointer.value(process);
        if (this.processes.get(Number(id))?.integrity === undefined) return 0;
        this.openHandles++;
        token[0] = id;
        return 1;
      },
      GetTokenInformation: (token: Deno.PointerValue, kind: number, label: DataView) => {
        if (kind !== 25) return 0;
        const { integrity } = this.processes.get(Number(Deno.UnsafePointer.value(token)))!;
        // S-1-16-..., which the label points to.
        this.#label = BigUint64Array.of(0x1000_0000_0000_0101n, BigInt(integrity!));
        const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(this.#label));
        label.setBigUint64(0, address, true);
        return 1;
      },
      RegGetValueW: (
        ...[, , , , , value]: [unknown, unknown, unknown, unknown, unknown, Uint32Array]
      ) => {
        if (this.policy === undefined) return 2;
        value[0] = this.policy;
        return 0;
      },
    },
  } as unknown as Libraries;

  constructor(ownIntegrity: number) {
    this.processes.set(OWN, { path: "C:\\vncd.exe", integrity: ownIntegrity });
  }
}
