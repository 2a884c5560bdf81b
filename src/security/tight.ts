import type { Connection } from "../rfb/connection.ts";
import { AuthError } from "../rfb/errors.ts";
import { type Capability, tightOffer } from "../rfb/tight_capabilities.ts";
import type { SecurityChannel } from "./security_channel.ts";
import type { Authentication, Grant, SecurityType } from "./security_type.ts";

/** One of the types of authentication that Tight offers. */
export interface TightAuthentication {
  /** What it is called inside Tight; its code there need not be a security type's number. */
  readonly capability: Capability;
  readonly type: Authentication;
}

/** The registered types of authentication that vncd knows. */
export const TIGHT_AUTHENTICATION = {
  None: { code: 1, vendor: "STDV", signature: "NOAUTH__" },
  VncAuth: { code: 2, vendor: "STDV", signature: "VNCAUTH_" },
  VeNCrypt: { code: 19, vendor: "VENC", signature: "VENCRYPT" },
  UnixLogin: { code: 129, vendor: "TGHT", signature: "ULGNAUTH" },
} as const satisfies Readonly<Record<string, Capability>>;

/**
 * Security type Tight: a choice among types of authentication, and a ServerInit that says what the
 * server knows. TightVNC's and TurboVNC's viewers take it wherever it is on offer, so whatever they
 * are to use has to be in its list, too.
 *
 * @example
 * ```ts
 * new Tight([
 *   { capability: TIGHT_AUTHENTICATION.VeNCrypt, type: veNCrypt },
 *   { capability: TIGHT_AUTHENTICATION.VncAuth, type: new VncAuth(gate) },
 * ]);
 * ```
 */
export class Tight implements SecurityType {
  readonly id = 16;
  /** Until something is chosen: then that says whether. */
  readonly alwaysHasResult = true;
  readonly #all: readonly TightAuthentication[];

  /** @param types In the order of preference. */
  constructor(types: readonly TightAuthentication[]) {
    this.#all = types;
  }

  isFor(connection: Connection): boolean {
    return this.#typesFor(connection).length > 0;
  }

  #typesFor(connection: Connection): readonly TightAuthentication[] {
    return this.#all.filter(({ type }) => type.isFor?.(connection) ?? true);
  }

  async authenticate(channel: SecurityChannel): Promise<Grant> {
    return await (await this.choose(channel)).authenticate(channel);
  }

  /**
   * Has the viewer choose.
   * @throws {AuthError} When it chooses what is not in the list that it got.
   */
  async choose(channel: SecurityChannel): Promise<Authentication> {
    const types = this.#typesFor(channel.connection);
    const [first] = types;
    if (first === undefined) throw new AuthError("no authentication is possible here");
    // An empty list means None, and nothing but that: there is no choice to wait for then.
    if (types.length === 1 && first.capability.code === TIGHT_AUTHENTICATION.None.code) {
      await channel.write(tightOffer([]));
      return first.type;
    }
    await channel.write(tightOffer(types.map(({ capability }) => capability)));
    const code = (await channel.source.read(4)).getInt32(0);
    const chosen = types.find(({ capability }) => capability.code === code);
    if (chosen === undefined) throw new AuthError(`authentication ${code} was not offered`);
    return chosen.type;
  }
}
