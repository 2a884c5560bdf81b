import type { Connection } from "../rfb/connection.ts";
import type { Gate } from "./gate.ts";
import { Plain } from "./plain.ts";
import type { SecurityChannel } from "./security_channel.ts";
import type { Authentication, Grant } from "./security_type.ts";

/** Tight Unix Login Authentication: a name and a password in plain text. Only inside Tight. */
export class UnixLogin implements Authentication {
  readonly alwaysHasResult = true;
  readonly #plain: Plain;

  constructor(gate: Gate) {
    this.#plain = new Plain(gate);
  }

  /** Not where somebody could read the password on its way. */
  isFor(connection: Connection): boolean {
    return connection.isPrivate;
  }

  authenticate(channel: SecurityChannel): Promise<Grant> {
    return this.#plain.authenticate(channel);
  }
}
