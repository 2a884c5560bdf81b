import { createHash } from "node:crypto";
import type { Connection } from "../../rfb/connection.ts";
import { AuthError } from "../../rfb/errors.ts";
import { Failures, type Strictness } from "./failures.ts";
import { type Origin, originOf } from "./origin.ts";
import type { SocketOwner } from "./socket_owner.ts";
import { Turns } from "./turns.ts";

/** For one account from one place. */
const OF_ACCOUNT: Strictness = { free: 2, limit: 6 };
/** For all accounts from one place, where many people may be behind one address. */
const OF_ORIGIN: Strictness = { free: 10, limit: 30 };

/** Failures remembered of each kind, by their keys; about 1 MB when all are in use. */
const CAPACITY = 4096;

/** Attempts for one account from one place that may wait for each other. */
const MOST_AT_ONCE = 16;

/** What {@linkcode Attempts} needs of the machine. */
export interface AttemptsOptions {
  /** Milliseconds that only grow. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Tells users of this machine apart; without it nobody on this machine is locked out. */
  readonly ownerOf?: SocketOwner;
  /** How many failures to remember, of each kind. */
  readonly capacity?: number;
}

/**
 * Slows guessing down: counts failed attempts for each account from each place, and from each place,
 * lets further ones wait longer and longer, and then refuses them for a while. An attempt counts as
 * failed from its beginning until it turns out right, so guesses side by side gain nothing.
 */
export class Attempts {
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #ownerOf: SocketOwner;
  readonly #ofAccount: Failures;
  readonly #ofOrigin: Failures;
  readonly #turns = new Turns(MOST_AT_ONCE);
  /** One check at a time for each origin: some are slow, and the others mustn't wait for a guesser's. */
  readonly #checks = new Turns(OF_ORIGIN.limit);

  constructor(options: AttemptsOptions = {}) {
    const { now = () => performance.now(), sleep = wait, capacity = CAPACITY } = options;
    this.#sleep = sleep;
    this.#ownerOf = options.ownerOf ?? (() => undefined);
    this.#ofAccount = new Failures(OF_ACCOUNT, now, capacity);
    this.#ofOrigin = new Failures(OF_ORIGIN, now, capacity);
  }

  /**
   * Lets a viewer try its credentials.
   * @param account Its name; empty for passwords that need none.
   * @param check What they open; undefined when nothing, which counts as a failure.
   * @throws {AuthError} When there were too many failures.
   */
  async try<T>(
    connection: Connection,
    account: string,
    check: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const origin = originOf(connection, this.#ownerOf);
    const attempt = () => this.#try(origin, account, check);
    // Nobody has to wait for guesses of somebody else who can't be told from him.
    if (!origin.canBeLockedOut) return await attempt();
    return await this.#turns.take(keyOf(origin.name, account), attempt);
  }

  /**
   * Why no attempt from where a connection comes from is allowed at the moment, if so.
   * @param account The account that it is going to try, where that is known before.
   */
  refusal(connection: Connection, account?: string): string | undefined {
    const { name, canBeLockedOut } = originOf(connection, this.#ownerOf);
    return canBeLockedOut ? this.#lockedOut(name, account) : undefined;
  }

  async #try<T>(
    { name, canBeLockedOut }: Origin,
    account: string,
    check: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const refusal = canBeLockedOut ? this.#lockedOut(name, account) : undefined;
    if (refusal !== undefined) throw new AuthError(refusal);
    const [origin, both] = [keyOf(name), keyOf(name, account)];
    const pause = Math.max(this.#ofOrigin.pause(origin), this.#ofAccount.pause(both));
    const lockedUntil = this.#ofOrigin.add(origin, pause);
    this.#ofAccount.add(both, pause);
    if (pause > 0) await this.#sleep(pause);
    const result = await (canBeLockedOut ? this.#checks.take(origin, check) : check());
    if (result !== undefined) {
      // Not all of the origin's: else who has an account could go on guessing at those of others.
      this.#ofOrigin.remove(origin, lockedUntil);
      this.#ofAccount.forgive(both);
    }
    return result;
  }

  #lockedOut(origin: string, account: string | undefined): string | undefined {
    const locked = Math.max(
      this.#ofOrigin.lockedFor(keyOf(origin)),
      account === undefined ? 0 : this.#ofAccount.lockedFor(keyOf(origin, account)),
    );
    return locked === 0 ? undefined : `too many failed attempts: try again in ${duration(locked)}`;
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * One short text for an origin, or an account from there: a name may be as long as a viewer likes.
 * Some systems don't tell Bob from bob, so they count as one.
 */
function keyOf(origin: string, account?: string): string {
  if (account === undefined) return origin;
  const name = account.normalize("NFKC").toLowerCase();
  return createHash("sha256").update(`${origin}\n${name}`).digest("base64");
}

/** `10 s`, `3 min`; never less than it is. */
function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
