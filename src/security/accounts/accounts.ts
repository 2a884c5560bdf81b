import type { Rights } from "../rights.ts";

/** Knows who may come in with what. It counts no failures: that is the {@linkcode Gate}'s task. */
export interface Accounts {
  /** Whether it takes names, each with a password of its own. */
  readonly hasNames: boolean;
  /** Whether there is an account of that name: for vncd's own log, and nothing that a viewer gets to know. */
  knows(name: string): boolean;
  /**
   * What a name and a password open; undefined when nothing. It takes the same time whether there is
   * such a name or not.
   * @param password As the viewer typed it, in UTF-8, in full.
   * @param address Where the viewer is, for rules and logs of the operating system.
   */
  check(name: string, password: Uint8Array, address?: string): Promise<Rights | undefined>;
  /**
   * What a viewer's answer opens that proves a password without telling it; undefined when nothing.
   * Only of use where passwords need no name.
   * @param proves Whether the answer proves this password. It is asked about all of them.
   */
  checkProof(proves: (password: Uint8Array) => boolean): Rights | undefined;
}
