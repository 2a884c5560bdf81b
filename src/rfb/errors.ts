/** The peer broke the protocol: its connection is closed, nobody else notices. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** The peer may not come in; `message` is the reason, which it is told where the protocol lets us. */
export class AuthError extends Error {
  override readonly name = "AuthError";
}

/** The peer closed the connection. `message` says where in the protocol that was. */
export class ConnectionClosed extends Error {
  override readonly name = "ConnectionClosed";
}
