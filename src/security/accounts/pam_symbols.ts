/** The C functions in use: libpam.so.0, and what that is linked with. */
export const PAM = {
  pam_start: { parameters: ["buffer", "buffer", "buffer", "buffer"], result: "i32" },
  /** pam_start with the folder of the configuration; since Linux-PAM 1.4. */
  pam_start_confdir: {
    parameters: ["buffer", "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
    optional: true,
  },
  pam_set_item: { parameters: ["pointer", "i32", "buffer"], result: "i32" },
  /** The same for an item that is a function. */
  pam_set_function: {
    name: "pam_set_item",
    parameters: ["pointer", "i32", "function"],
    result: "i32",
  },
  // These wait for programs, servers and delays, so they run on another thread.
  pam_authenticate: { parameters: ["pointer", "i32"], result: "i32", nonblocking: true },
  pam_acct_mgmt: { parameters: ["pointer", "i32"], result: "i32", nonblocking: true },
  pam_end: { parameters: ["pointer", "i32"], result: "i32", nonblocking: true },
  calloc: { parameters: ["usize", "usize"], result: "pointer" },
} as const satisfies Deno.ForeignLibraryInterface;

/** The functions, loaded. */
export type Pam = Deno.DynamicLibrary<typeof PAM>["symbols"];

/** A conversation function (`struct pam_conv`), which PAM asks for name and password. */
export const CONVERSATION = {
  parameters: ["i32", "pointer", "pointer", "pointer"],
  result: "i32",
} as const satisfies Deno.UnsafeCallbackDefinition;

/** A function (PAM_FAIL_DELAY) that PAM calls in place of waiting, behind each attempt. */
export const FAIL_DELAY = {
  parameters: ["i32", "u32", "pointer"],
  result: "void",
} as const satisfies Deno.UnsafeCallbackDefinition;

/** What functions return. */
export const PAM_SUCCESS = 0;
export const PAM_BUF_ERR = 5;
export const PAM_CONV_ERR = 19;

/** Styles of messages in a conversation. */
export const PAM_PROMPT_ECHO_OFF = 1;
export const PAM_PROMPT_ECHO_ON = 2;
export const PAM_ERROR_MSG = 3;
export const PAM_TEXT_INFO = 4;

/** More messages than this are not to be had at once. */
export const PAM_MAX_NUM_MSG = 32;

/** Flags. */
export const PAM_DISALLOW_NULL_AUTHTOK = 0x0001;
export const PAM_SILENT = 0x8000;

/** Items. */
export const PAM_RHOST = 4;
export const PAM_FAIL_DELAY = 10;
