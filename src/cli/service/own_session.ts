import type { ServiceLibraries } from "./service_symbols.ts";

/** The session that this process runs in; services run in 0, which has no screen. */
export function ownSession({ kernel32 }: ServiceLibraries): number {
  const session = new Uint32Array(1);
  kernel32.ProcessIdToSessionId(kernel32.GetCurrentProcessId(), session);
  return session[0]!;
}
