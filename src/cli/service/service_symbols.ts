/*
 * What Windows' services are made of. Handles are numbers here, as they are put into structures; a
 * structure is a buffer, laid out as in `service_structs.ts`.
 */

const BOOL = "i32";
const DWORD = "u32";
const HANDLE = "usize";
const STRUCT = "buffer";
/** UTF-16, ended by a NUL. */
const WIDE = "buffer";

export const ADVAPI32_SERVICE = {
  // The service control manager.
  OpenSCManagerW: { parameters: [WIDE, WIDE, DWORD], result: HANDLE },
  OpenServiceW: { parameters: [HANDLE, WIDE, DWORD], result: HANDLE },
  CreateServiceW: {
    parameters: [
      ...[HANDLE, WIDE, WIDE, DWORD, DWORD, DWORD, DWORD, WIDE] as const,
      ...[WIDE, "buffer", WIDE, WIDE, WIDE] as const,
    ],
    result: HANDLE,
  },
  ChangeServiceConfig2W: { parameters: [HANDLE, DWORD, STRUCT], result: BOOL },
  StartServiceW: { parameters: [HANDLE, DWORD, "buffer"], result: BOOL },
  ControlService: { parameters: [HANDLE, DWORD, STRUCT], result: BOOL },
  QueryServiceStatus: { parameters: [HANDLE, STRUCT], result: BOOL },
  DeleteService: { parameters: [HANDLE], result: BOOL },
  CloseServiceHandle: { parameters: [HANDLE], result: BOOL },

  // The service itself.
  /** It returns when the service has stopped. */
  StartServiceCtrlDispatcherW: { parameters: [STRUCT], result: BOOL, nonblocking: true },
  RegisterServiceCtrlHandlerExW: { parameters: [WIDE, "function", "pointer"], result: HANDLE },
  SetServiceStatus: { parameters: [HANDLE, STRUCT], result: BOOL },

  // A process in the session of the person at the screen.
  OpenProcessToken: { parameters: [HANDLE, DWORD, "buffer"], result: BOOL },
  DuplicateTokenEx: {
    parameters: [HANDLE, DWORD, STRUCT, "i32", "i32", "buffer"],
    result: BOOL,
  },
  GetTokenInformation: { parameters: [HANDLE, "i32", "buffer", DWORD, "buffer"], result: BOOL },
  SetTokenInformation: { parameters: [HANDLE, "i32", "buffer", DWORD], result: BOOL },
  CreateProcessAsUserW: {
    parameters: [
      ...[HANDLE, WIDE, WIDE, STRUCT, STRUCT, BOOL] as const,
      ...[DWORD, "buffer", WIDE, STRUCT, STRUCT] as const,
    ],
    result: BOOL,
  },
} as const satisfies Deno.ForeignLibraryInterface;

export const KERNEL32_SERVICE = {
  GetLastError: { parameters: [], result: DWORD },
  GetCurrentProcess: { parameters: [], result: HANDLE },
  GetCurrentProcessId: { parameters: [], result: DWORD },
  ProcessIdToSessionId: { parameters: [DWORD, "buffer"], result: BOOL },
  WTSGetActiveConsoleSessionId: { parameters: [], result: DWORD },
  CreatePipe: { parameters: ["buffer", "buffer", STRUCT, DWORD], result: BOOL },
  SetHandleInformation: { parameters: [HANDLE, DWORD, DWORD], result: BOOL },
  WaitForSingleObject: { parameters: [HANDLE, DWORD], result: DWORD, nonblocking: true },
  TerminateProcess: { parameters: [HANDLE, DWORD], result: BOOL },
  CloseHandle: { parameters: [HANDLE], result: BOOL },
  FreeConsole: { parameters: [], result: BOOL },
} as const satisfies Deno.ForeignLibraryInterface;

/** The functions, loaded. */
export interface ServiceLibraries {
  readonly advapi32: Deno.DynamicLibrary<typeof ADVAPI32_SERVICE>["symbols"];
  readonly kernel32: Deno.DynamicLibrary<typeof KERNEL32_SERVICE>["symbols"];
}
