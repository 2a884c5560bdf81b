import { markdownTable } from "./markdown.ts";
import type { CpuPair, IdleResult } from "./results.ts";

const pairText = ({ server, x }: CpuPair): string => `${server.toFixed(1)} + ${x.toFixed(1)}`;

/** What servers use while there is nothing to do. */
export function idleTable(idle: readonly IdleResult[]): string[] {
  const head = ["", "nobody, still screen", "nobody, film", "a viewer, still screen"];
  const rows = idle.map(({ server, still, film, watched }) => [
    server,
    ...[still, film, watched].map(pairText),
  ]);
  return [
    "## Nothing to do",
    "Milliseconds of CPU time in 10 s: the server's, and what X has to do for it.",
    markdownTable(head, rows),
  ];
}
