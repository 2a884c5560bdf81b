/** advapi32.dll: logging on, and what a token says. HANDLE and PSID are numbers here. */
export const ADVAPI32 = {
  // It may ask a domain's controller, so it runs on another thread.
  LogonUserW: {
    parameters: ["buffer", "buffer", "buffer", "u32", "u32", "buffer"],
    result: "i32",
    nonblocking: true,
  },
  GetTokenInformation: { parameters: ["usize", "i32", "buffer", "u32", "buffer"], result: "i32" },
  IsWellKnownSid: { parameters: ["usize", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** kernel32.dll. */
export const KERNEL32 = {
  CloseHandle: { parameters: ["usize"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** The functions, loaded. */
export type LogonLibrary =
  & Deno.DynamicLibrary<typeof ADVAPI32>["symbols"]
  & Deno.DynamicLibrary<typeof KERNEL32>["symbols"];

export const LOGON32_LOGON_NETWORK = 3;
export const LOGON32_PROVIDER_DEFAULT = 0;
/** The WELL_KNOWN_SID_TYPE of the account Guest. */
export const WinAccountGuestSid = 39;
export { TOKEN_USER_SIZE, TokenUser } from "../access/access_symbols.ts";
