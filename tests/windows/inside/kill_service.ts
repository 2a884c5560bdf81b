// Ends the process of vncd's service, as if it had crashed.

import { wide } from "../../../src/desktop/windows/wide.ts";

const { symbols: advapi32 } = Deno.dlopen("advapi32.dll", {
  OpenSCManagerW: { parameters: ["pointer", "pointer", "u32"], result: "pointer" },
  OpenServiceW: { parameters: ["pointer", "buffer", "u32"], result: "pointer" },
  QueryServiceStatusEx: {
    parameters: ["pointer", "i32", "buffer", "u32", "buffer"],
    result: "i32",
  },
});

const SC_MANAGER_CONNECT = 1;
const SERVICE_QUERY_STATUS = 4;
const SC_STATUS_PROCESS_INFO = 0;
const SERVICE_STATUS_PROCESS = { size: 36, dwProcessId: 28 } as const;

const manager = advapi32.OpenSCManagerW(null, null, SC_MANAGER_CONNECT);
const service = advapi32.OpenServiceW(manager, wide("vncd"), SERVICE_QUERY_STATUS);
const status = new Uint32Array(SERVICE_STATUS_PROCESS.size / 4);
advapi32.QueryServiceStatusEx(
  ...[service, SC_STATUS_PROCESS_INFO, status, status.byteLength, new Uint32Array(1)] as const,
);
Deno.kill(status[SERVICE_STATUS_PROCESS.dwProcessId / 4]!, "SIGKILL");
