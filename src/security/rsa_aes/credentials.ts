import { ProtocolError } from "../../rfb/errors.ts";

/** Bytes of credentials at most: two lengths of one byte, and what they say. */
export const MAX_CREDENTIALS = 2 + 2 * 255;

/** What a viewer tells of who it is. */
export interface Credentials {
  /** Empty where the server asked for none. */
  readonly name: string;
  /** In UTF-8. */
  readonly password: Uint8Array;
}

/**
 * Takes a message with credentials apart: U8 length and name, U8 length and password.
 * @throws {ProtocolError} When its lengths don't add up.
 */
export function parseCredentials(message: Uint8Array): Credentials {
  const nameEnd = 1 + (message[0] ?? 0);
  const passwordEnd = nameEnd + 1 + (message[nameEnd] ?? 0);
  if (message.length !== passwordEnd) throw new ProtocolError("lengths of credentials don't fit");
  return {
    name: new TextDecoder("utf-8", { ignoreBOM: true }).decode(message.subarray(1, nameEnd)),
    password: message.subarray(nameEnd + 1),
  };
}
