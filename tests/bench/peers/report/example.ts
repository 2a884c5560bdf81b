import type { Figures } from "./figures.ts";
import type { CellResult, Results } from "./results.ts";

function result(server: string, viewers: number, figures: Figures): CellResult {
  const cell = { workload: "video 30", coding: "Tight JPEG", viewers, line: "loopback" };
  return { ...cell, server, rounds: [figures], failures: [] };
}

/** Results with a bit of everything, for tests. */
export const EXAMPLE: Results = {
  machine: {
    date: "2026-01-02",
    processor: "Processor <1>",
    cores: 2,
    kernel: "6.1",
    deno: "2.9.6",
  },
  servers: [{ name: "vncd", version: "0.1.0" }, { name: "x11vnc", version: "0.9.16" }],
  rounds: 1,
  seconds: 2,
  cells: [
    result("vncd", 1, { rate: 30, latency: 5, cpu: 8, userAll: 4 }),
    result("x11vnc", 1, { rate: 15, latency: 20, cpu: 4, userAll: 3 }),
    result("vncd", 16, { rate: 30, crowdRate: 29, cpu: 1, userAll: 6 }),
    { ...result("x11vnc", 16, {}), rounds: [], failures: ["a connection broke\nat line 3"] },
  ],
  idle: [
    {
      server: "vncd",
      still: { server: 0, x: 0 },
      film: { server: 0.25, x: 0 },
      watched: { server: 3, x: 1 },
    },
  ],
  limits: {
    copy: 0.5,
    capture: 0.6,
    jpeg444: 2,
    jpeg420: 1,
    deflate: 9,
    send: 1.5,
    bandwidth: 3000,
  },
};
