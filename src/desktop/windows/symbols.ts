/*
 * The functions of Windows' libraries that vncd calls, as its documentation declares them. Handles
 * are pointers, BOOL is an i32 and a structure is a buffer, laid out as in `structs.ts`.
 */

const BOOL = "i32";
const HANDLE = "pointer";
const UINT = "u32";
const DWORD = "u32";
const INT = "i32";
const STRUCT = "buffer";
/** UTF-16, ended by a NUL; see `wide.ts`. */
const WIDE = "buffer";

export const USER32 = {
  // The screen and its monitors.
  SetProcessDpiAwarenessContext: { parameters: ["isize"], result: BOOL },
  GetSystemMetrics: { parameters: [INT], result: INT },
  EnumDisplayDevicesW: { parameters: [WIDE, DWORD, STRUCT, DWORD], result: BOOL },
  EnumDisplaySettingsExW: { parameters: [WIDE, DWORD, STRUCT, DWORD], result: BOOL },
  GetDC: { parameters: [HANDLE], result: HANDLE },
  ReleaseDC: { parameters: [HANDLE, HANDLE], result: INT },

  // The desktop that gets input now: the user's, or the one of the lock screen.
  OpenInputDesktop: { parameters: [DWORD, BOOL, DWORD], result: HANDLE },
  GetThreadDesktop: { parameters: [DWORD], result: HANDLE },
  SetThreadDesktop: { parameters: [HANDLE], result: BOOL },
  CloseDesktop: { parameters: [HANDLE], result: BOOL },
  GetUserObjectInformationW: {
    parameters: [HANDLE, INT, "buffer", DWORD, "buffer"],
    result: BOOL,
  },

  // Input.
  SendInput: { parameters: [UINT, STRUCT, INT], result: UINT },
  GetKeyState: { parameters: [INT], result: "i16" },
  GetAsyncKeyState: { parameters: [INT], result: "i16" },
  GetKeyboardLayout: { parameters: [DWORD], result: HANDLE },
  VkKeyScanExW: { parameters: ["u16", HANDLE], result: "i16" },
  ToUnicodeEx: {
    parameters: [UINT, UINT, "buffer", "buffer", INT, UINT, HANDLE],
    result: INT,
  },
  MapVirtualKeyExW: { parameters: [UINT, UINT, HANDLE], result: UINT },
  GetForegroundWindow: { parameters: [], result: HANDLE },
  GetWindowThreadProcessId: { parameters: [HANDLE, "buffer"], result: DWORD },
  GetWindowRect: { parameters: [HANDLE, STRUCT], result: BOOL },

  // The pointer.
  GetCursorPos: { parameters: [STRUCT], result: BOOL },
  GetCursorInfo: { parameters: [STRUCT], result: BOOL },
  GetIconInfo: { parameters: [HANDLE, STRUCT], result: BOOL },

  // A window for messages.
  RegisterClassExW: { parameters: [STRUCT], result: "u16" },
  UnregisterClassW: { parameters: [WIDE, HANDLE], result: BOOL },
  CreateWindowExW: {
    parameters: [
      ...[DWORD, WIDE, WIDE, DWORD, INT, INT, INT, INT] as const,
      ...[HANDLE, HANDLE, HANDLE, HANDLE] as const,
    ],
    result: HANDLE,
  },
  DestroyWindow: { parameters: [HANDLE], result: BOOL },
  DefWindowProcW: { parameters: [HANDLE, UINT, "usize", "isize"], result: "isize" },
  PeekMessageW: { parameters: [STRUCT, HANDLE, UINT, UINT, UINT], result: BOOL },
  DispatchMessageW: { parameters: [STRUCT], result: "isize" },

  // The clipboard.
  AddClipboardFormatListener: { parameters: [HANDLE], result: BOOL },
  RemoveClipboardFormatListener: { parameters: [HANDLE], result: BOOL },
  GetClipboardSequenceNumber: { parameters: [], result: DWORD },
  GetClipboardOwner: { parameters: [], result: HANDLE },
  IsHungAppWindow: { parameters: [HANDLE], result: BOOL },
  RegisterClipboardFormatW: { parameters: [WIDE], result: UINT },
  OpenClipboard: { parameters: [HANDLE], result: BOOL },
  CloseClipboard: { parameters: [], result: BOOL },
  EmptyClipboard: { parameters: [], result: BOOL },
  IsClipboardFormatAvailable: { parameters: [UINT], result: BOOL },
  GetClipboardData: { parameters: [UINT], result: HANDLE },
  SetClipboardData: { parameters: [UINT, HANDLE], result: HANDLE },
} as const satisfies Deno.ForeignLibraryInterface;

export const GDI32 = {
  CreateCompatibleDC: { parameters: [HANDLE], result: HANDLE },
  DeleteDC: { parameters: [HANDLE], result: BOOL },
  CreateDIBSection: {
    parameters: [HANDLE, STRUCT, UINT, "buffer", HANDLE, DWORD],
    result: HANDLE,
  },
  SelectObject: { parameters: [HANDLE, HANDLE], result: HANDLE },
  DeleteObject: { parameters: [HANDLE], result: BOOL },
  BitBlt: {
    parameters: [HANDLE, INT, INT, INT, INT, HANDLE, INT, INT, DWORD],
    result: BOOL,
  },
  GdiFlush: { parameters: [], result: BOOL },
  GetObjectW: { parameters: [HANDLE, INT, STRUCT], result: INT },
  GetDIBits: {
    parameters: [HANDLE, HANDLE, UINT, UINT, "buffer", STRUCT, UINT],
    result: INT,
  },
} as const satisfies Deno.ForeignLibraryInterface;

export const KERNEL32 = {
  GetLastError: { parameters: [], result: DWORD },
  GetCurrentThreadId: { parameters: [], result: DWORD },
  GetModuleHandleW: { parameters: [HANDLE], result: HANDLE },
  GlobalAlloc: { parameters: [UINT, "usize"], result: HANDLE },
  GlobalFree: { parameters: [HANDLE], result: HANDLE },
  GlobalLock: { parameters: [HANDLE], result: HANDLE },
  GlobalUnlock: { parameters: [HANDLE], result: BOOL },
  GlobalSize: { parameters: [HANDLE], result: "usize" },
  GetCurrentProcess: { parameters: [], result: HANDLE },
  OpenProcess: { parameters: [DWORD, BOOL, DWORD], result: HANDLE },
  QueryFullProcessImageNameW: { parameters: [HANDLE, DWORD, "buffer", "buffer"], result: BOOL },
  CloseHandle: { parameters: [HANDLE], result: BOOL },
  RtlMoveMemory: { parameters: [HANDLE, "buffer", "usize"], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;

export const ADVAPI32 = {
  OpenProcessToken: { parameters: [HANDLE, DWORD, "buffer"], result: BOOL },
  GetTokenInformation: { parameters: [HANDLE, INT, STRUCT, DWORD, "buffer"], result: BOOL },
  RegGetValueW: {
    parameters: ["isize", WIDE, WIDE, DWORD, "buffer", "buffer", "buffer"],
    result: "i32",
  },
} as const satisfies Deno.ForeignLibraryInterface;
