import type { Answer } from "../../desktop/question.ts";
import { AuthError } from "../../rfb/errors.ts";
import type { Rights } from "../../security/rights.ts";

/** Who wants to come in, and has proved to be allowed to as far as passwords go. */
export interface Visitor {
  /** Address and port, for a person: `192.0.2.7:41822`. */
  readonly peer: string;
  readonly address: string;
  /** That it counts for: this machine, or a network. */
  readonly place: string;
  /** The account's name; undefined where a password alone opens the desktop. */
  readonly user?: string;
  /** What it may do if it is let in without restriction. */
  readonly rights: Rights;
  /** How long there is to answer, in milliseconds. */
  readonly time: number;
}

/**
 * Asks whether somebody may come in.
 * @param signal Aborted when the answer isn't wanted any more; what shows the question goes then.
 * @throws {AuthError} When nobody can be asked, with the reason.
 */
export type Consent = (visitor: Visitor, signal: AbortSignal) => Promise<Answer>;

/**
 * Asks, and ends the question when its time is up.
 * @param signal Ends it before.
 * @throws {AuthError} When nobody has answered.
 * @throws The signal's reason; what asking throws.
 */
export async function inTime(
  milliseconds: number,
  signal: AbortSignal,
  ask: (ended: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  signal.throwIfAborted();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new AuthError("nobody has answered")), milliseconds);
  const ended = AbortSignal.any([signal, late.signal]);
  try {
    return await Promise.race([ask(ended), aborted(ended)]);
  } finally {
    clearTimeout(timer);
  }
}

/** Fails when a signal is aborted, with its reason. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { once: true });
  });
}
