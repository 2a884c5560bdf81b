import type { Connection } from "../rfb/connection.ts";
import type { PeekedConnection } from "./peeked_connection.ts";
export function readProxyHeader(peeked: PeekedConnection): Promise<Connection> {
  return Promise.resolve(peeked);
}
