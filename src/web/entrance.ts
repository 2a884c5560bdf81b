import type { Connection } from "../rfb/connection.ts";
import type { Ends } from "../rfb/connection_view.ts";

/** A connection of somebody who wants to see the desktop. */
export interface Entrance {
  /** What RFB is spoken over, from the greeting on. */
  readonly connection: Connection;
  /** Whether it is a page's WebSocket. */
  readonly inBrowser: boolean;
}

/**
 * Told who is really at the ends of a connection, which behind a proxy is somebody else than it seemed:
 * once, as soon as that's known.
 * @throws When too many come from there.
 */
export type Moved = (ends: Ends) => void;
