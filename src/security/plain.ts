import { ProtocolError } from "../rfb/errors.ts";
import type { Gate } from "./gate.ts";
import type { SecurityChannel } from "./security_channel.ts";
import type { Grant } from "./security_type.ts";

/** Bytes that a name, and a password, may have: more than anybody types. */
const MAX_LENGTH = 1024;

/** The exchange that Tight's Unix login is: a name and a password in plain text, their lengths in front. */
export class Plain {
  readonly #gate: Gate;

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  /**
   * @throws {AuthError} When name and password open nothing.
   * @throws {ProtocolError} When they are longer than anybody's.
   */
  async authenticate({ connection, source }: SecurityChannel): Promise<Grant> {
    const lengths = await source.read(8);
    const [nameLength, passwordLength] = [lengths.getUint32(0), lengths.getUint32(4)];
    if (nameLength > MAX_LENGTH || passwordLength > MAX_LENGTH) {
      throw new ProtocolError(`a name of ${nameLength} and a password of ${passwordLength} bytes`);
    }
    const name = new TextDecoder().decode(await source.readBytes(nameLength));
    const password = await source.readBytes(passwordLength);
    return await this.#gate.enter(connection, name, password);
  }
}
