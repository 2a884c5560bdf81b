/* Where the fields of Windows' structures lie, in bytes, on 64-bit systems. */

export const SERVICE_STATUS = {
  size: 28,
  dwServiceType: 0,
  dwCurrentState: 4,
  dwControlsAccepted: 8,
  dwWin32ExitCode: 12,
  dwServiceSpecificExitCode: 16,
  dwCheckPoint: 20,
  dwWaitHint: 24,
} as const;
export const SERVICE_TABLE_ENTRYW = { size: 16, lpServiceName: 0, lpServiceProc: 8 } as const;
export const SERVICE_FAILURE_ACTIONSW = {
  size: 40,
  dwResetPeriod: 0,
  cActions: 24,
  lpsaActions: 32,
} as const;
export const SC_ACTION = { size: 8, Type: 0, Delay: 4 } as const;
export const STARTUPINFOW = {
  size: 104,
  cb: 0,
  lpDesktop: 16,
  dwFlags: 60,
  hStdInput: 80,
} as const;
export const PROCESS_INFORMATION = { size: 24, hProcess: 0, hThread: 8, dwProcessId: 16 } as const;

/** The byte order, for `DataView`: Windows' is little-endian. */
export const LITTLE_ENDIAN = true;
