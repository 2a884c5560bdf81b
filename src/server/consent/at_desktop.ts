import { THIS_MACHINE } from "../../rfb/addresses.ts";
import { AuthError } from "../../rfb/errors.ts";
import { Queue } from "../../security/queue.ts";
import type { DesktopHost } from "../desktop_host.ts";
import { type Consent, inTime, type Visitor } from "./consent.ts";

/** Viewers that may wait at once: one is asked about, the others queue. */
const MOST_WAITING = 5;

/** Milliseconds for which nobody is asked again about who was refused. */
const PEACE = 30_000;

/**
 * Asks the person at the desktop, one question at a time.
 * @param now Milliseconds that only grow.
 */
export function askAtDesktop(
  desktop: Pick<DesktopHost, "ask">,
  now: () => number = () => performance.now(),
): Consent {
  const queue = new Queue(1);
  const refused = new Refused(now);
  const ask = async ({ peer, user, rights, time }: Visitor, signal: AbortSignal) => {
    const question = { peer, user, control: rights.control, seconds: Math.round(time / 1000) };
    const answer = await desktop.ask(question, signal);
    if (answer === undefined) throw new AuthError("there is nobody at the desktop to ask");
    return answer;
  };
  return async (visitor, signal) => {
    refused.check(visitor);
    if (queue.length >= MOST_WAITING) {
      throw new AuthError("too many others are waiting to be let in");
    }
    const askInTime = () => inTime(visitor.time, signal, (ended) => ask(visitor, ended));
    const answer = await queue.pass(askInTime, signal);
    if (answer === "refuse") refused.add(visitor);
    return answer;
  };
}

/** Who was refused lately: else he could have the question come up again and again. */
class Refused {
  readonly #now: () => number;
  /** Until when. */
  readonly #until = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(visitor: Visitor): void {
    const now = this.#now();
    for (const [who, until] of this.#until) if (until <= now) this.#until.delete(who);
    this.#until.set(nameOf(visitor), now + PEACE);
  }

  /** @throws {AuthError} When it's too early to ask again. */
  check(visitor: Visitor): void {
    const left = (this.#until.get(nameOf(visitor)) ?? 0) - this.#now();
    if (left <= 0) return;
    throw new AuthError(`not let in just now: try again in ${Math.ceil(left / 1000)} s`);
  }
}

/** Whoever it may be from the same network; on this machine, where others come through tunnels, an account. */
function nameOf({ place, user = "" }: Visitor): string {
  return place === THIS_MACHINE ? `${place}: ${user}` : place;
}
