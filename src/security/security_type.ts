import type { Connection } from "../rfb/connection.ts";
import type { Rights } from "./rights.ts";
import type { SecurityChannel } from "./security_channel.ts";

/** Who came in. */
export interface Grant {
  /** The account's name; undefined where a password alone opens the desktop. */
  readonly user?: string;
  readonly rights: Rights;
}

/** How a viewer proves that it may come in. */
export interface Authentication {
  /** Whether a SecurityResult follows in version 3.3 and 3.7 too (all but None: RFC 6143 §7.2.1). */
  readonly alwaysHasResult: boolean;
  /** Whether it makes sense on a connection; one without this always does. */
  isFor?(connection: Connection): boolean;
  /**
   * Exchanges what the type prescribes.
   * @returns Who came in.
   * @throws {AuthError} When it may not come in.
   */
  authenticate(channel: SecurityChannel): Promise<Grant>;
}

/** One security type (RFC 6143 §7.2). */
export interface SecurityType extends Authentication {
  /** The specification's number. */
  readonly id: number;
  /**
   * Only of Tight, which holds several: has the viewer choose the one that it authenticates by.
   * @throws {AuthError} When it chooses none of them.
   */
  choose?(channel: SecurityChannel): Promise<Authentication>;
}
