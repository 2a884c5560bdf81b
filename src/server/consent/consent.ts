import type { Answer } from "../../desktop/question.ts";
import type { Rights } from "../../security/rights.ts";

/** Who wants to come in, and has proved to be allowed to as far as passwords go. */
export interface Visitor {
  /** Address and port, for a person: `192.0.2.7:41822`. */
  readonly peer: string;
  readonly address: string;
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
