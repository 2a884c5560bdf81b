import { timingSafeEqual } from "@std/crypto/timing-safe-equal";
import { desEncrypt } from "./crypto/des.ts";
import type { Gate } from "./gate.ts";
import type { SecurityChannel } from "./security_channel.ts";
import type { Grant, SecurityType } from "./security_type.ts";

/** Bytes of the challenge, and of the response to it. */
const CHALLENGE_LENGTH = 16;

/**
 * Security type VNC Authentication (RFC 6143 §7.2.2): the viewer encrypts a random challenge with
 * the password as the DES key. Only the first 8 bytes of a password count.
 */
export class VncAuth implements SecurityType {
  readonly id = 2;
  readonly alwaysHasResult = true;
  readonly #gate: Gate;

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  async authenticate(channel: SecurityChannel): Promise<Grant> {
    const challenge = crypto.getRandomValues(new Uint8Array(CHALLENGE_LENGTH));
    await channel.write(challenge);
    const response = await channel.source.readBytes(CHALLENGE_LENGTH);
    return this.#gate.enterByProof(
      channel.connection,
      (password) => timingSafeEqual(response, desEncrypt(password, challenge)),
    );
  }
}
