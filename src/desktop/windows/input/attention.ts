import { messageOf } from "../../../log.ts";
import { ownIntegrity, SYSTEM_INTEGRITY } from "../integrity.ts";
import type { Libraries } from "../libraries.ts";
import { systemFile } from "../system_file.ts";
import { wide } from "../wide.ts";

const SAS = {
  SendSAS: { parameters: ["i32"], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;

const HKEY_LOCAL_MACHINE = -0x7ffffffen;
const RRF_RT_REG_DWORD = 0x10;
const POLICIES = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System";
/** Who may press Ctrl+Alt+Del: nobody else when it isn't set. */
const POLICY = "SoftwareSASGeneration";
const SERVICES = 1;
/** SendSAS may also be called by a user's signed programs for accessibility. */
const AS_SERVICE = 0;

const NO_SERVICE = "Windows takes Ctrl+Alt+Del from its own keyboards and from services only. " +
  "Ctrl+Shift+Esc opens the task manager; as a service vncd can do more: vncd service install";

/** sas.dll. Servers without a desktop haven't got it. */
export function loadSas(): Deno.DynamicLibrary<typeof SAS>["symbols"] {
  return Deno.dlopen(systemFile("sas.dll"), SAS).symbols;
}

/**
 * Does what Ctrl+Alt+Del does, which SendInput can't.
 * @returns What keeps vncd from it, for a person; undefined when it is done.
 */
export function sendAttention(libraries: Libraries, load = loadSas): string | undefined {
  if ((ownIntegrity(libraries) ?? 0) < SYSTEM_INTEGRITY) return NO_SERVICE;
  const policy = readPolicy(libraries);
  if ((policy & SERVICES) === 0) {
    return "Windows' policy lets no service press Ctrl+Alt+Del. An administrator allows it by: " +
      `reg add "HKLM\\${POLICIES}" /v ${POLICY} /t REG_DWORD /d ${policy | SERVICES} /f`;
  }
  try {
    load().SendSAS(AS_SERVICE);
  } catch (error) {
    return `this Windows has no Ctrl+Alt+Del for services: ${messageOf(error)}`;
  }
  return undefined;
}

function readPolicy({ advapi32 }: Libraries): number {
  const [value, size] = [new Uint32Array(1), Uint32Array.of(4)];
  const names = [wide(POLICIES), wide(POLICY)] as const;
  const status = advapi32.RegGetValueW(
    ...[HKEY_LOCAL_MACHINE, ...names, RRF_RT_REG_DWORD, null, value, size] as const,
  );
  return status === 0 ? value[0]! : 0;
}
