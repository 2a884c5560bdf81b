import type { Libraries } from "./libraries.ts";
import { LITTLE_ENDIAN, SID, TOKEN_MANDATORY_LABEL } from "./structs.ts";

/** What services run with, and what SYSTEM starts in other sessions. Medium is a user's 0x2000. */
export const SYSTEM_INTEGRITY = 0x4000;

const TOKEN_QUERY = 0x8;
const TokenIntegrityLevel = 25;
const SECURITY_MAX_SID_SIZE = 68;

/**
 * A process's integrity level: Windows lets none influence another of a higher one.
 * @returns Undefined where vncd may not ask.
 */
export function integrityOf(
  { advapi32, kernel32 }: Libraries,
  process: Deno.PointerValue,
): number | undefined {
  const token = new BigUint64Array(1);
  if (advapi32.OpenProcessToken(process, TOKEN_QUERY, token) === 0) return undefined;
  const handle = Deno.UnsafePointer.create(token[0]!);
  const label = new DataView(new ArrayBuffer(TOKEN_MANDATORY_LABEL.size + SECURITY_MAX_SID_SIZE));
  const isKnown = advapi32.GetTokenInformation(
    ...[handle, TokenIntegrityLevel, label, label.byteLength, new Uint32Array(1)] as const,
  ) !== 0;
  kernel32.CloseHandle(handle);
  if (!isKnown) return undefined;
  // The last part of the SID that the label points to; it lies behind the label.
  const address = label.getBigUint64(TOKEN_MANDATORY_LABEL.Label, LITTLE_ENDIAN);
  const sid = new Deno.UnsafePointerView(Deno.UnsafePointer.create(address)!);
  return sid.getUint32(SID.SubAuthority + 4 * (sid.getUint8(SID.SubAuthorityCount) - 1));
}

/** vncd's own. */
export function ownIntegrity(libraries: Libraries): number | undefined {
  return integrityOf(libraries, libraries.kernel32.GetCurrentProcess());
}
