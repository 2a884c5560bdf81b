import {
  PROCESS_QUERY_LIMITED_INFORMATION,
  processImage,
} from "../../desktop/windows/process_image.ts";
import { systemFile } from "../../desktop/windows/system_file.ts";
import {
  MIB_TCP6ROW_OWNER_PID,
  MIB_TCP6TABLE_OWNER_PID,
  MIB_TCPROW_OWNER_PID,
  MIB_TCPTABLE_OWNER_PID,
} from "./tcp_table.ts";

const IPHLPAPI = {
  GetExtendedTcpTable: {
    parameters: ["buffer", "buffer", "i32", "u32", "i32", "u32"],
    result: "u32",
  },
} as const satisfies Deno.ForeignLibraryInterface;

const KERNEL32 = {
  OpenProcess: { parameters: ["u32", "i32", "u32"], result: "pointer" },
  QueryFullProcessImageNameW: { parameters: ["pointer", "u32", "buffer", "buffer"], result: "i32" },
  CloseHandle: { parameters: ["pointer"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

const TCP_TABLE_OWNER_PID_LISTENER = 3;
const ERROR_INSUFFICIENT_BUFFER = 122;
const LITTLE_ENDIAN = true;

/** The tables of IPv4 and IPv6, by Windows' numbers for those. */
const TABLES = [
  { family: 2, table: MIB_TCPTABLE_OWNER_PID, row: MIB_TCPROW_OWNER_PID },
  { family: 23, table: MIB_TCP6TABLE_OWNER_PID, row: MIB_TCP6ROW_OWNER_PID },
] as const;

/**
 * Which program listens at a TCP port of this Windows: `C:\Program Files\a\a.exe (process 1234)`;
 * undefined where Windows doesn't know.
 */
export function portOwner(port: number): string | undefined {
  for (const { family, table, row } of TABLES) {
    const listeners = listenersOf(family);
    const count = listeners.byteLength === 0 ? 0 : listeners.getUint32(0, LITTLE_ENDIAN);
    for (let i = 0; i < count; i++) {
      const at = table.table + i * row.size;
      // In the network's byte order.
      if (listeners.getUint16(at + row.dwLocalPort) !== port) continue;
      const process = listeners.getUint32(at + row.dwOwningPid, LITTLE_ENDIAN);
      const file = fileOf(process);
      return file === undefined ? `process ${process}` : `${file} (process ${process})`;
    }
  }
  return undefined;
}

/** The table of all sockets that listen; empty where Windows doesn't give it. */
function listenersOf(family: number): DataView<ArrayBuffer> {
  const { GetExtendedTcpTable } = Deno.dlopen(systemFile("iphlpapi.dll"), IPHLPAPI).symbols;
  const size = new Uint32Array(1);
  let bytes = new Uint8Array(0);
  let status: number;
  do {
    bytes = new Uint8Array(size[0]!);
    status = GetExtendedTcpTable(bytes, size, 0, family, TCP_TABLE_OWNER_PID_LISTENER, 0);
    // It may have grown since it told its size.
  } while (status === ERROR_INSUFFICIENT_BUFFER);
  return new DataView(status === 0 ? bytes.buffer : new ArrayBuffer(0));
}

/** A process's program; undefined where it is somebody else's, who doesn't let us know. */
function fileOf(process: number): string | undefined {
  const kernel32 = Deno.dlopen("kernel32.dll", KERNEL32).symbols;
  const handle = kernel32.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, process);
  if (handle === null) return undefined;
  const file = processImage(kernel32, handle);
  kernel32.CloseHandle(handle);
  return file;
}
