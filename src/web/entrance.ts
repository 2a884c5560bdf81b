import type { Connection } from "../rfb/connection.ts";

/** A connection of somebody who wants to see the desktop. */
export interface Entrance {
  /** What RFB is spoken over, from the greeting on. */
  readonly connection: Connection;
  /** Whether it is a page's WebSocket. */
  readonly inBrowser: boolean;
}
