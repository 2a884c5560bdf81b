import { ProtocolError } from "../rfb/errors.ts";
import { decodeName } from "./accounts/name_and_password.ts";
import type { Gate } from "./gate.ts";
import type { SecurityChannel } from "./security_channel.ts";
import type { Grant } from "./security_type.ts";

/** The most bytes of a name, and of a password. */
const MAX_LENGTH = 1024;

/**
 * The exchange of VeNCrypt's Plain, which others share: the viewer tells a name and a password as they
 * are, both in UTF-8. Either may be empty.
 */
export class Plain {
  readonly #gate: Gate;

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  /**
   * @throws {AuthError} When name and password open nothing.
   * @throws {ProtocolError} When one of them is longer than anybody types.
   */
  async authenticate({ connection, source }: SecurityChannel): Promise<Grant> {
    const lengths = await source.read(8);
    const nameLength = lengths.getUint32(0);
    const passwordLength = lengths.getUint32(4);
    if (nameLength > MAX_LENGTH || passwordLength > MAX_LENGTH) {
      throw new ProtocolError(`a name of ${nameLength} bytes and a password of ${passwordLength}`);
    }
    const name = decodeName(await source.readBytes(nameLength));
    const password = await source.readBytes(passwordLength);
    return await this.#gate.enter(connection, name, password);
  }
}
