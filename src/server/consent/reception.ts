import type { Answer } from "../../desktop/question.ts";
import { type Logger, messageOf } from "../../log.ts";
import type { Connection } from "../../rfb/connection.ts";
import { AuthError, ConnectionClosed } from "../../rfb/errors.ts";
import { VIEW_ONLY } from "../../security/rights.ts";
import type { Grant } from "../../security/security_type.ts";
import type { Consent, Visitor } from "./consent.ts";

/** Milliseconds that a question may stay open. */
const TIME = 60_000;

/** Viewers that may wait at once: one is asked about, the others queue. */
const MOST_WAITING = 5;

/** Where viewers wait until somebody lets them in: one question at a time. */
export class Reception {
  readonly #consent: Consent;
  readonly #log: Logger;
  readonly #time: number;
  #waiting = 0;
  /** Settles when the last question so far is answered. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param time Milliseconds that a question may stay open. */
  constructor(consent: Consent, log: Logger, time: number = TIME) {
    this.#consent = consent;
    this.#log = log;
    this.#time = time;
  }

  /**
   * Asks for a viewer when it is its turn.
   * @param left Aborted when the viewer has gone.
   * @returns What it may do.
   * @throws {AuthError} When it may not come in.
   * @throws {ConnectionClosed} When it has gone.
   */
  async admit({ peer, remote }: Connection, grant: Grant, left: AbortSignal): Promise<Grant> {
    if (this.#waiting >= MOST_WAITING) {
      throw new AuthError("too many others are waiting to be let in");
    }
    this.#waiting++;
    this.#log.info(`${peer}: waits to be let in`);
    const visitor = { ...grant, peer, address: remote.hostname, time: this.#time };
    const answered = this.#last.then(() => left.aborted ? "refuse" : this.#ask(visitor, left));
    this.#last = answered.catch(() => {});
    try {
      const answer = await Promise.race([answered, gone(left)]);
      this.#log.info(`${peer}: the answer is ${answer}`);
      if (answer === "refuse") throw new AuthError("not let in");
      return answer === "view" ? { ...grant, rights: VIEW_ONLY } : grant;
    } finally {
      this.#waiting--;
    }
  }

  async #ask(visitor: Visitor, left: AbortSignal): Promise<Answer> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.#time);
    const tooLate = new Promise<never>((_, reject) =>
      late.signal.addEventListener("abort", () => reject(new AuthError("nobody has answered")))
    );
    try {
      const answer = this.#consent(visitor, AbortSignal.any([left, late.signal]));
      return await Promise.race([answer, tooLate, gone(left)]);
    } catch (error) {
      if (error instanceof AuthError || error instanceof ConnectionClosed) throw error;
      this.#log.error(`${visitor.peer}: can't ask whether to let it in: ${messageOf(error)}`);
      throw new AuthError("nobody could be asked");
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Fails when the viewer leaves. */
function gone(left: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new ConnectionClosed("left before it was let in"));
    if (left.aborted) fail();
    else left.addEventListener("abort", fail, { once: true });
  });
}
