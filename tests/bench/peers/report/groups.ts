import { type CellName, cellText } from "../cells.ts";
import { type Figures, medians } from "./figures.ts";
import type { Results } from "./results.ts";

/** One server's medians. */
export interface ServerFigures {
  readonly name: string;
  readonly figures: Figures;
}

/** One cell with all servers, the product first. */
export interface Group extends CellName {
  readonly servers: readonly ServerFigures[];
}

/** The cells of the results, in the order in which they were measured. */
export function groupsOf({ cells }: Results): Group[] {
  return [...Map.groupBy(cells, cellText).values()].map((results) => {
    const { workload, coding, viewers, line } = results[0]!;
    const servers = results.map(({ server, rounds }) => ({
      name: server,
      figures: medians(rounds),
    }));
    return { workload, coding, viewers, line, servers };
  });
}
