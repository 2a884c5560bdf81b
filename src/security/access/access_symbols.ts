/** advapi32.dll: who may do what with a file. Pointers to what Windows has made are numbers here. */
export const ADVAPI32_ACCESS = {
  GetNamedSecurityInfoW: {
    parameters: [
      ...["buffer", "i32", "u32", "buffer", "buffer", "buffer", "buffer", "buffer"] as const,
    ],
    result: "u32",
  },
  ConvertStringSecurityDescriptorToSecurityDescriptorW: {
    parameters: ["buffer", "u32", "buffer", "buffer"],
    result: "i32",
  },
  ConvertSidToStringSidW: { parameters: ["usize", "buffer"], result: "i32" },
  OpenProcessToken: { parameters: ["isize", "u32", "buffer"], result: "i32" },
  GetTokenInformation: { parameters: ["usize", "i32", "buffer", "u32", "buffer"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** kernel32.dll. */
export const KERNEL32_ACCESS = {
  CloseHandle: { parameters: ["usize"], result: "i32" },
  CreateDirectoryW: { parameters: ["buffer", "buffer"], result: "i32" },
  CreateFileW: {
    parameters: ["buffer", "u32", "u32", "buffer", "u32", "u32", "usize"],
    result: "usize",
  },
  LocalFree: { parameters: ["usize"], result: "usize" },
} as const satisfies Deno.ForeignLibraryInterface;

/** The functions, loaded. */
export type AccessLibrary =
  & Deno.DynamicLibrary<typeof ADVAPI32_ACCESS>["symbols"]
  & Deno.DynamicLibrary<typeof KERNEL32_ACCESS>["symbols"];

/** Kinds of objects that have an owner. */
export const SE_FILE_OBJECT = 1;

/** How CreateFileW makes a file where there is none. */
export const CREATE_NEW = 1;
export const FILE_ATTRIBUTE_NORMAL = 0x80;

/** Parts of a security descriptor. */
export const OWNER_SECURITY_INFORMATION = 0x1;
export const DACL_SECURITY_INFORMATION = 0x4;
export const SDDL_REVISION_1 = 1;

/** The right to ask a token. */
export const TOKEN_QUERY = 0x8;
/** The TOKEN_INFORMATION_CLASS for a TOKEN_USER, which begins with a pointer to the user's SID. */
export const TokenUser = 1;
/** The largest TOKEN_USER: 16 bytes, and a SID of at most 68 behind them. */
export const TOKEN_USER_SIZE = 84;

/** What a file or a folder is made with. */
export const SECURITY_ATTRIBUTES = {
  size: 24,
  nLength: 0,
  lpSecurityDescriptor: 8,
  bInheritHandle: 16,
} as const;

/** An ACL's header, that of an entry, and an entry that allows something, in bytes. */
export const ACL = { size: 8, AceCount: 4 } as const;
export const ACE_HEADER = { size: 4, AceType: 0, AceFlags: 1, AceSize: 2 } as const;
export const ACCESS_ALLOWED_ACE = { size: 12, Mask: 4, SidStart: 8 } as const;
export const ACCESS_ALLOWED_ACE_TYPE = 0;
/** On a condition, which may be met. */
export const ACCESS_ALLOWED_CALLBACK_ACE_TYPE = 9;
/** Those that deny something: plainly, for an object, on a condition, and both. */
export const DENYING_ACE_TYPES: readonly number[] = [1, 6, 10, 12];
/** An entry that counts for what is made in a folder, not for the folder. */
export const INHERIT_ONLY_ACE = 0x8;

/** Rights to a file or a folder. */
const FILE_READ_DATA = 0x1;
const FILE_WRITE_DATA = 0x2;
const FILE_APPEND_DATA = 0x4;
const FILE_DELETE_CHILD = 0x40;
const DELETE = 0x10000;
const WRITE_DAC = 0x40000;
const WRITE_OWNER = 0x80000;
const GENERIC_ALL = 0x10000000;
export const GENERIC_WRITE = 0x40000000;
const GENERIC_READ = 0x80000000;

/** Who has one of these can change a file, what is in a folder, or who may. */
export const CHANGING = FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_DELETE_CHILD | DELETE |
  WRITE_DAC | WRITE_OWNER | GENERIC_ALL | GENERIC_WRITE;
/** Who has one of these to a folder can put another in its place, or what is in it elsewhere. */
export const REPLACING = FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;
/** Who has one of these can read a file, or take the right to. */
export const READING = FILE_READ_DATA | WRITE_DAC | WRITE_OWNER | GENERIC_ALL | GENERIC_READ;
