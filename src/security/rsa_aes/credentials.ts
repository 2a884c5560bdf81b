import { ProtocolError } from "../../rfb/errors.ts";
import { decodeName, MAX_LENGTH } from "../accounts/name_and_password.ts";

/** Bytes of credentials at most: two lengths of one byte, and what they say. */
export const MAX_CREDENTIALS = 2 + 2 * MAX_LENGTH;

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
    name: decodeName(message.subarray(1, nameEnd)),
    password: message.subarray(nameEnd + 1),
  };
}
