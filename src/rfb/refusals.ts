/** Why nobody can be let in over a connection, whoever it is: another kind of connection is needed. */
export const IMPOSSIBLE_HERE =
  "the security that is wanted here is not possible on this connection";
