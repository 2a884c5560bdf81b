import { type Logger, messageOf } from "../../log.ts";
import { placeOf, THIS_MACHINE } from "../../rfb/addresses.ts";
import type { Connection } from "../../rfb/connection.ts";
import { AuthError, ConnectionClosed } from "../../rfb/errors.ts";
import { VIEW_ONLY } from "../../security/rights.ts";
import type { Grant } from "../../security/security_type.ts";
import { aborted, type Consent } from "./consent.ts";

/** Milliseconds that a question may stay open. */
const TIME = 60_000;

/** Viewers that may wait at once. */
const MOST_WAITING = 16;
/** Those of them from one network, so that nobody takes the others' places. */
const MOST_FROM_NETWORK = 1;
/** Those from this machine: several users, or people behind tunnels. */
const MOST_LOCAL = 3;

/** Where viewers wait until somebody lets them in. */
export class Reception {
  readonly #consent: Consent;
  readonly #log: Logger;
  readonly #time: number;
  /** Where those who wait come from, an entry for each of them. */
  readonly #waiting: string[] = [];

  /** @param time Milliseconds that a question may stay open. */
  constructor(consent: Consent, log: Logger, time: number = TIME) {
    this.#consent = consent;
    this.#log = log;
    this.#time = time;
  }

  /**
   * Asks for a viewer.
   * @param left Aborted when the viewer has gone.
   * @returns What it may do.
   * @throws {AuthError} When it may not come in.
   * @throws {ConnectionClosed} When it has gone.
   */
  async admit(connection: Connection, grant: Grant, left: AbortSignal): Promise<Grant> {
    const { peer, remote } = connection;
    const place = placeOf(connection);
    this.#checkRoom(place);
    this.#waiting.push(place);
    this.#log.info(`${peer}: waits to be let in`);
    try {
      const visitor = { ...grant, peer, address: remote.hostname, place, time: this.#time };
      const answer = await Promise.race([this.#consent(visitor, left), aborted(left)]);
      this.#log.info(`${peer}: the answer is ${answer}`);
      if (answer === "refuse") throw new AuthError("not let in");
      return answer === "view" ? { ...grant, rights: VIEW_ONLY } : grant;
    } catch (error) {
      if (left.aborted) throw new ConnectionClosed("left before it was let in");
      if (error instanceof AuthError) throw error;
      this.#log.error(`${peer}: can't ask whether to let it in: ${messageOf(error)}`);
      throw new AuthError("nobody could be asked");
    } finally {
      this.#waiting.splice(this.#waiting.indexOf(place), 1);
    }
  }

  /** @throws {AuthError} When too many wait already. */
  #checkRoom(place: string): void {
    const share = place === THIS_MACHINE ? MOST_LOCAL : MOST_FROM_NETWORK;
    if (this.#waiting.filter((each) => each === place).length >= share) {
      throw new AuthError("somebody from the same address is waiting to be let in");
    }
    if (this.#waiting.length >= MOST_WAITING) {
      throw new AuthError("too many others are waiting to be let in");
    }
  }
}
