import {
  ACCESS_ALLOWED_ACE,
  ACCESS_ALLOWED_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE,
  type AccessLibrary,
  ACE_HEADER,
  ACL,
  ADVAPI32_ACCESS,
  CHANGING,
  CREATE_NEW,
  DACL_SECURITY_INFORMATION,
  DENYING_ACE_TYPES,
  FILE_ATTRIBUTE_NORMAL,
  GENERIC_WRITE,
  INHERIT_ONLY_ACE,
  KERNEL32_ACCESS,
  OWNER_SECURITY_INFORMATION,
  READING,
  REPLACING,
  SDDL_REVISION_1,
  SE_FILE_OBJECT,
  SECURITY_ATTRIBUTES,
  TOKEN_QUERY,
  TOKEN_USER_SIZE,
  TokenUser,
} from "./access_symbols.ts";

/** Who may do everything anyway: SYSTEM, Administrators, and who installs Windows' own files. */
export const SYSTEM = "S-1-5-18";
export const ADMINISTRATORS = "S-1-5-32-544";
const TRUSTED_INSTALLER = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
/** The owner of a file, whoever that is. */
const CREATOR_OWNER = "S-1-3-0";
const OWNER_RIGHTS = "S-1-3-4";
const TRUSTED = [SYSTEM, ADMINISTRATORS, TRUSTED_INSTALLER];

/** The pseudo handle of the own process. */
const CURRENT_PROCESS = -1n;
/** What CreateFileW gives instead of a handle. */
const INVALID_HANDLE_VALUE = 2n ** 64n - 1n;

let loaded: AccessLibrary | undefined;

function library(): AccessLibrary {
  return loaded ??= {
    ...Deno.dlopen("advapi32.dll", ADVAPI32_ACCESS).symbols,
    ...Deno.dlopen("kernel32.dll", KERNEL32_ACCESS).symbols,
  };
}

function wide(text: string): Uint16Array<ArrayBuffer> {
  return Uint16Array.from({ length: text.length + 1 }, (_, i) => text.charCodeAt(i) || 0);
}

/** A pointer to a pointer, and what is there. */
const cell = () => new BigUint64Array(1);

function viewOf(address: bigint): Deno.UnsafePointerView {
  return new Deno.UnsafePointerView(Deno.UnsafePointer.create(address)!);
}

function textOfSid(sid: bigint): string {
  const text = cell();
  if (library().ConvertSidToStringSidW(sid, text) === 0) return "";
  const view = viewOf(text[0]!);
  let result = "";
  for (let at = 0, unit = view.getUint16(0); unit !== 0; unit = view.getUint16(at += 2)) {
    result += String.fromCharCode(unit);
  }
  library().LocalFree(text[0]!);
  return result;
}

/** The SID of the user who runs vncd: `S-1-5-21-…`. */
export function ownSid(): string {
  const { OpenProcessToken, GetTokenInformation, CloseHandle } = library();
  const token = cell();
  if (OpenProcessToken(CURRENT_PROCESS, TOKEN_QUERY, token) === 0) return "";
  const user = new BigUint64Array(Math.ceil(TOKEN_USER_SIZE / 8));
  const size = new Uint32Array(1);
  const isKnown = GetTokenInformation(token[0]!, TokenUser, user, user.byteLength, size) !== 0;
  CloseHandle(token[0]!);
  return isKnown ? textOfSid(user[0]!) : "";
}

/** Who owns a file or a folder and what it allows; undefined entries: everything to everybody. */
export interface Access {
  readonly owner: string;
  readonly entries: readonly { readonly sid: string; readonly mask: number }[] | undefined;
}

/** Of an entry that allows something to somebody whom it names in another way. */
const SOMEBODY = "somebody";

/** What an access control list allows. An entry of an unknown kind allows it to somebody. */
export function entriesOf(acl: bigint, sidAt = textOfSid): Access["entries"] {
  if (acl === 0n) return undefined;
  const count = viewOf(acl).getUint16(ACL.AceCount);
  const entries: { sid: string; mask: number }[] = [];
  let at = acl + BigInt(ACL.size);
  for (let i = 0; i < count; i++) {
    const entry = viewOf(at);
    const type = entry.getUint8(ACE_HEADER.AceType);
    const isOwn = (entry.getUint8(ACE_HEADER.AceFlags) & INHERIT_ONLY_ACE) === 0;
    if (isOwn && !DENYING_ACE_TYPES.includes(type)) {
      const hasSid = [ACCESS_ALLOWED_ACE_TYPE, ACCESS_ALLOWED_CALLBACK_ACE_TYPE].includes(type);
      entries.push({
        sid: hasSid ? sidAt(at + BigInt(ACCESS_ALLOWED_ACE.SidStart)) : SOMEBODY,
        mask: entry.getUint32(ACCESS_ALLOWED_ACE.Mask),
      });
    }
    at += BigInt(entry.getUint16(ACE_HEADER.AceSize));
  }
  return entries;
}

/** @throws {Error} When Windows doesn't tell. */
function accessOf(path: string): Access {
  const [owner, acl, descriptor] = [cell(), cell(), cell()];
  const status = library().GetNamedSecurityInfoW(
    wide(path),
    SE_FILE_OBJECT,
    OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
    ...[owner, null, acl, null, descriptor] as const,
  );
  if (status !== 0) throw new Error(`who may use ${path} can't be told (Windows' error ${status})`);
  try {
    return { owner: textOfSid(owner[0]!), entries: entriesOf(acl[0]!) };
  } finally {
    library().LocalFree(descriptor[0]!);
  }
}

/** Whether anybody has one of the rights but `own`, those who may do everything, and the owner. */
export function othersHave({ entries }: Access, own: readonly string[], rights: number): boolean {
  const known = [...TRUSTED, ...own, CREATOR_OWNER, OWNER_RIGHTS];
  return entries === undefined ||
    entries.some(({ sid, mask }) => (mask & rights) !== 0 && !known.includes(sid));
}

/** Whether what allows this lets anybody read or change it but `own`, a user, and administrators. */
export function letsOthersReadOrChange(access: Access, own: string): boolean {
  // An owner can take any right.
  return ![...TRUSTED, own].includes(access.owner) || othersHave(access, [own], READING | CHANGING);
}

/**
 * Whether users of this machine can read or change a file besides administrators and who runs vncd.
 * Where entries forbid something they don't count: it errs on the careful side.
 * @throws {Error} When Windows doesn't tell.
 */
export function othersCanReadOrChange(path: string): boolean {
  return letsOthersReadOrChange(accessOf(path), ownSid());
}

/**
 * Whether a path is a link or a junction: both are name surrogates to Windows, and links to Deno. Who
 * owns it decides where it leads.
 */
export function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false;
  }
}

/**
 * Whether anybody but administrators can change a file, or what is in a folder.
 * @throws {Error} When Windows doesn't tell.
 */
export function ordinaryUsersCanChange(path: string): boolean {
  if (isLink(path)) return true;
  const access = accessOf(path);
  return !TRUSTED.includes(access.owner) || othersHave(access, [], CHANGING);
}

/**
 * Whether anybody but administrators can put another folder in the place of one.
 * @throws {Error} When Windows doesn't tell.
 */
export function ordinaryUsersCanReplace(folder: string): boolean {
  if (isLink(folder)) return true;
  const access = accessOf(folder);
  return !TRUSTED.includes(access.owner) || othersHave(access, [], REPLACING);
}

/** Calls `use` with SECURITY_ATTRIBUTES of a security descriptor's text. */
function withAttributes<T>(sddl: string, use: (attributes: Uint8Array<ArrayBuffer>) => T): T {
  const descriptor = cell();
  const convert = library().ConvertStringSecurityDescriptorToSecurityDescriptorW;
  if (convert(wide(sddl), SDDL_REVISION_1, descriptor, null) === 0) {
    throw new Error(`Windows doesn't understand ${sddl}`);
  }
  try {
    const attributes = new Uint8Array(SECURITY_ATTRIBUTES.size);
    const view = new DataView(attributes.buffer);
    view.setUint32(SECURITY_ATTRIBUTES.nLength, attributes.length, true);
    view.setBigUint64(SECURITY_ATTRIBUTES.lpSecurityDescriptor, descriptor[0]!, true);
    return use(attributes);
  } finally {
    library().LocalFree(descriptor[0]!);
  }
}

/**
 * Makes an empty file for who runs vncd, SYSTEM and administrators: never is it there for others.
 * @returns False when it can't be made, as where there is one.
 */
export function makePrivateFile(path: string): boolean {
  const allowed = [SYSTEM, ADMINISTRATORS, ownSid()].map((sid) => `(A;;FA;;;${sid})`).join("");
  return withAttributes(`D:P${allowed}`, (attributes) => {
    const { CreateFileW, CloseHandle } = library();
    const handle = CreateFileW(
      ...[wide(path), GENERIC_WRITE, 0, attributes] as const,
      ...[CREATE_NEW, FILE_ATTRIBUTE_NORMAL, 0n] as const,
    );
    if (handle === INVALID_HANDLE_VALUE) return false;
    CloseHandle(handle);
    return true;
  });
}

/** Owned by administrators, for SYSTEM and them alone, as is all in it; nothing comes from above. */
export const ADMINISTRATORS_ALONE = `O:BAD:P(A;OICI;FA;;;${SYSTEM})(A;OICI;FA;;;${ADMINISTRATORS})`;

/**
 * Makes a folder for SYSTEM and administrators alone; so is whatever is made in it.
 * @returns False when it can't be made, as where there is one.
 */
export function makeAdministratorsFolder(path: string): boolean {
  return withAttributes(
    ADMINISTRATORS_ALONE,
    (attributes) => library().CreateDirectoryW(wide(path), attributes) !== 0,
  );
}
