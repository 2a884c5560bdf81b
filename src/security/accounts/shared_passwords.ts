import { timingSafeEqual } from "@std/crypto/timing-safe-equal";
import { createHash } from "node:crypto";
import { ALL_RIGHTS, type Rights, VIEW_ONLY } from "../rights.ts";
import type { Accounts } from "./accounts.ts";
import type { Passwords } from "./password_file.ts";

/** What has the same length for all passwords, so that comparing it says nothing about theirs. */
const digest = (password: Uint8Array): Uint8Array => createHash("sha256").update(password).digest();

/** One password for everybody, and maybe one more for those who only watch. */
export class SharedPasswords implements Accounts {
  readonly hasNames = false;
  readonly #passwords: Passwords;

  constructor(passwords: Passwords) {
    this.#passwords = passwords;
  }

  knows(): boolean {
    return false;
  }

  check(_name: string, password: Uint8Array): Promise<Rights | undefined> {
    const given = digest(password);
    return Promise.resolve(this.checkProof((each) => timingSafeEqual(digest(each), given)));
  }

  checkProof(proves: (password: Uint8Array) => boolean): Rights | undefined {
    const { full, viewOnly } = this.#passwords;
    // Both are always tried, so that the time taken says nothing about which one is set or right.
    const control = proves(full);
    const view = proves(viewOnly ?? full);
    if (control) return ALL_RIGHTS;
    return view ? VIEW_ONLY : undefined;
  }
}
