import { type Prerequisite, program } from "../../support/prerequisites.ts";
import { BENCHMARK, C_COMPILER, X_HEADERS, X_LIBRARIES, X_SERVER } from "../../support/suites.ts";

/** What the benchmark's own programs and vncd need. */
const OWN: readonly Prerequisite[] = [
  ...[...X_SERVER, ...X_LIBRARIES, ...X_HEADERS],
  ...[...C_COMPILER, ...BENCHMARK],
];

/** What the peers need, by their names. */
const OF_PEERS: Readonly<Record<string, Prerequisite>> = {
  x11vnc: program("x11vnc", "x11vnc"),
  TigerVNC: program("X0tigervnc", "tigervnc-scraping-server"),
};

/** All that it takes to measure these servers. */
export function needsFor(servers: readonly string[]): Prerequisite[] {
  return [...OWN, ...servers.map((name) => OF_PEERS[name]).filter((need) => need !== undefined)];
}
