import { timingSafeEqual } from "@std/crypto/timing-safe-equal";
import { AuthError } from "../rfb/errors.ts";
import { desEncrypt } from "./des.ts";
import type { Passwords } from "./password_file.ts";
import type { Access, SecurityChannel, SecurityType } from "./security_type.ts";

/** Bytes of the challenge, and of the response to it. */
const CHALLENGE_LENGTH = 16;

/**
 * Security type VNC Authentication (RFC 6143 §7.2.2): the viewer encrypts a random challenge with
 * the password as the DES key. Only the first 8 bytes of a password count.
 */
export class VncAuth implements SecurityType {
  readonly id = 2;
  readonly alwaysHasResult = true;
  readonly #passwords: Passwords;

  constructor(passwords: Passwords) {
    this.#passwords = passwords;
  }

  async authenticate({ source, write }: SecurityChannel): Promise<Access> {
    const challenge = crypto.getRandomValues(new Uint8Array(CHALLENGE_LENGTH));
    await write(challenge);
    const response = await source.readBytes(CHALLENGE_LENGTH);
    const { full, viewOnly } = this.#passwords;
    // Both are always tried, so that the time taken says nothing about which one is set or right.
    const control = timingSafeEqual(response, desEncrypt(full, challenge));
    const view = timingSafeEqual(response, desEncrypt(viewOnly ?? full, challenge));
    if (control) return "control";
    if (view) return "view";
    throw new AuthError("wrong password");
  }
}
