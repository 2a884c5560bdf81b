import type { Machine, NamedServer } from "./report/results.ts";
import { type Server, versionOf } from "./measure/servers.ts";

/** This machine, now. */
export function machine(): Machine {
  const model = Deno.readTextFileSync("/proc/cpuinfo").match(/^model name\s*: (.*)$/m)?.[1];
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: model ?? Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    kernel: Deno.osRelease(),
    deno: Deno.version.deno,
  };
}

/** Servers with their versions. */
export function withVersions(servers: readonly Server[]): Promise<NamedServer[]> {
  return Promise.all(
    servers.map(async (server) => ({ name: server.name, version: await versionOf(server) })),
  );
}
