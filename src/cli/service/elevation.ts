import type { ServiceLibraries } from "./service_symbols.ts";

const TOKEN_QUERY = 0x8;
const TokenElevation = 20;

/** Whether this process has an administrator's rights, not only an administrator's user. */
export function isElevated({ advapi32, kernel32 }: ServiceLibraries): boolean {
  const token = new BigUint64Array(1);
  if (advapi32.OpenProcessToken(kernel32.GetCurrentProcess(), TOKEN_QUERY, token) === 0) {
    return false;
  }
  const [elevation, length] = [new Uint32Array(1), new Uint32Array(1)];
  advapi32.GetTokenInformation(
    ...[token[0]!, TokenElevation, elevation, elevation.byteLength, length] as const,
  );
  kernel32.CloseHandle(token[0]!);
  return elevation[0] !== 0;
}
