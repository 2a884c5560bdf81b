// The service control manager, by stand-ins for Windows' functions.

import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { ServiceManager } from "../../src/cli/service/manager.ts";
import type { ServiceLibraries } from "../../src/cli/service/service_symbols.ts";

const INVALID_LEVEL = 124;
const REQUIRED_PRIVILEGES = 6;
const COMMAND = '"C:\\Program Files\\vncd\\vncd.exe" service run';

/** Texts one after the other, each ended by a NUL, with one more behind the last. */
function multiString(address: bigint): string[] {
  const view = new Deno.UnsafePointerView(Deno.UnsafePointer.create(address)!);
  const texts = [""];
  for (let at = 0;; at += 2) {
    const unit = view.getUint16(at);
    if (unit !== 0) texts.push(texts.pop() + String.fromCharCode(unit));
    else if (texts.at(-1) === "") return texts.slice(0, -1);
    else texts.push("");
  }
}

/** Installs by a Windows that refuses settings with an error; tells what was done and what was said. */
function install(errors: Readonly<Record<number, number>>) {
  const did: unknown[] = [];
  const warnings: string[] = [];
  const privileges: string[] = [];
  let error = 0;
  const libraries = {
    advapi32: {
      OpenSCManagerW: () => 1n,
      CreateServiceW(...args: unknown[]) {
        did.push(new TextDecoder("utf-16le").decode(args[7] as Uint16Array<ArrayBuffer>));
        return 2n;
      },
      ChangeServiceConfig2W(_: bigint, what: number, info: BigUint64Array) {
        if (what === REQUIRED_PRIVILEGES) privileges.push(...multiString(info[0]!));
        error = errors[what] ?? 0;
        return error === 0 ? 1 : 0;
      },
      DeleteService: () => did.push("deleted"),
      CloseServiceHandle: () => 1,
    },
    kernel32: { GetLastError: () => error },
  } as unknown as ServiceLibraries;
  const run = () => new ServiceManager(libraries).install(COMMAND, (text) => warnings.push(text));
  return { did, warnings, privileges, run };
}

Deno.test("what Windows gets to start a service is its file in quotation marks", () => {
  const { did, warnings, run } = install({});
  run();
  assertEquals([did, warnings], [[`${COMMAND}\0`], []]);
});

Deno.test("a service has the privileges that starting a process in a session takes, and no more", () => {
  const { privileges, run } = install({});
  run();
  assertEquals(privileges, [
    "SeTcbPrivilege",
    "SeAssignPrimaryTokenPrivilege",
    "SeIncreaseQuotaPrivilege",
    "SeChangeNotifyPrivilege",
  ]);
});

Deno.test("a service whose rights can't be restricted is told of where Windows doesn't know that", () => {
  const { did, warnings, run } = install({ 6: INVALID_LEVEL });
  run();
  assertEquals(did.length, 1);
  assertEquals(warnings.map((text) => /with all of SYSTEM's$/.test(text)), [true]);
});

Deno.test("who may not install services is told what it takes", () => {
  const libraries = {
    advapi32: {
      OpenSCManagerW: (_machine: null, _database: null, rights: number) => rights & 2 ? 0n : 1n,
    },
    kernel32: { GetLastError: () => 5 },
  } as unknown as ServiceLibraries;
  const error = assertThrows(() => new ServiceManager(libraries).checkRights());
  assertMatch((error as Error).message, /^this takes an administrator; .* “Run as administrator”$/);
});

Deno.test("a service that Windows doesn't configure isn't left behind", () => {
  for (const [what, error] of [[2, INVALID_LEVEL], [6, 5], [1, 87]] as const) {
    const { did, warnings, run } = install({ [what]: error });
    assertThrows(run);
    assertEquals([did.at(-1), warnings], ["deleted", []]);
  }
});
