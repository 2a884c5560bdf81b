/** A question to the person at a desktop: may somebody come in? */
export interface Question {
  /** Where from: `192.0.2.7:41822`. */
  readonly peer: string;
  /** The account's name; undefined where there is none. */
  readonly user?: string;
  /** Whether it is about keyboard and pointer, too, or about watching alone. */
  readonly control: boolean;
  /** How long there is to answer. */
  readonly seconds: number;
}

/** Whether somebody may come in; `view`: only to watch. */
export type Answer = "accept" | "view" | "refuse";

/** Characters of a name that are shown. */
const LONGEST_NAME = 40;

/**
 * A text from the network as it may be shown to a person: cut, and without characters that change how
 * the others look (control characters, those that turn the direction of writing, and the like).
 */
export function harmless(text: string): string {
  const characters = [...text.slice(0, 4 * LONGEST_NAME).replace(/[\p{C}\p{Z}]/gu, " ")];
  const cut = characters.slice(0, LONGEST_NAME).join("");
  return characters.length > LONGEST_NAME ? `${cut}…` : cut;
}
