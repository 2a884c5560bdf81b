import { isLocal, networkOf, THIS_MACHINE } from "../../rfb/addresses.ts";
import type { Connection } from "../../rfb/connection.ts";
import type { SocketOwner } from "./socket_owner.ts";

/** Whose guesses are counted together. */
export interface Origin {
  /** `192.0.2.7`, `2001:db8:0:100::/56`, `uid 1000`, or `this machine`. */
  readonly name: string;
  /** False where several people come from it who can't be told apart: one mustn't keep out the others. */
  readonly canBeLockedOut: boolean;
}

/** Where a connection comes from; on this machine that's a user, where the system tells. */
export function originOf(connection: Connection, ownerOf: SocketOwner): Origin {
  const { remote, local } = connection;
  if (!isLocal(connection)) return { name: networkOf(remote.hostname), canBeLockedOut: true };
  const uid = ownerOf(remote, local);
  if (uid === undefined) return { name: THIS_MACHINE, canBeLockedOut: false };
  return { name: `uid ${uid}`, canBeLockedOut: true };
}
