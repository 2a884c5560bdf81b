import type { ByteSource } from "../rfb/byte_source.ts";
import { ByteWriter } from "../rfb/byte_writer.ts";
import type { Connection } from "../rfb/connection.ts";
import { AuthError, ProtocolError } from "../rfb/errors.ts";
import type { HighestTls, TlsIdentity } from "./keys/tls_identity.ts";
import type { SecurityChannel } from "./security_channel.ts";
import type { Authentication, Grant, SecurityType } from "./security_type.ts";
import { TlsConnection } from "./tls/tls_connection.ts";

/** The subtypes' numbers. Those with anonymous TLS are missing: Deno's TLS has no such ciphers. */
export const VENCRYPT_SUBTYPE = {
  Plain: 256,
  X509None: 260,
  X509Vnc: 261,
  X509Plain: 262,
} as const;

/** The only version but 0.1, which nobody speaks any more. */
const VERSION = { major: 0, minor: 2 } as const;

/**
 * Milliseconds of silence behind a handshake of TLS 1.3. It ends with the server's session tickets, which
 * node:tls always sends here, and TigerVNC's viewer up to 1.12 never notices what it reads in one go with
 * them, such as the answer to credentials that it sent without waiting for anything.
 */
const SILENCE = 50;

/** One subtype on offer. */
export interface VeNCryptSubtype {
  /** One of {@linkcode VENCRYPT_SUBTYPE}. */
  readonly id: number;
  /** Whether TLS begins first. A subtype without is only for connections that are private already. */
  readonly tls: boolean;
  /** What follows. */
  readonly authentication: Pick<Authentication, "authenticate">;
}

/**
 * Security type VeNCrypt, version 0.2:
 * ```
 * server: version -> viewer: version -> server: 0 -> server: subtypes -> viewer: subtype
 *   X509*: server: 1 -> TLS handshake
 * the subtype's authentication
 * ```
 */
export class VeNCrypt implements SecurityType {
  readonly id = 19;
  readonly alwaysHasResult = true;
  readonly #subtypes: readonly VeNCryptSubtype[];
  readonly #secureContext: TlsIdentity["secureContext"];

  /**
   * @param subtypes In the order of preference.
   * @param secureContext The certificate and its key for the next TLS handshake.
   */
  constructor(
    subtypes: readonly VeNCryptSubtype[],
    secureContext: TlsIdentity["secureContext"],
  ) {
    this.#subtypes = subtypes;
    this.#secureContext = secureContext;
  }

  isFor(connection: Connection): boolean {
    return this.#subtypesFor(connection).length > 0;
  }

  async authenticate(channel: SecurityChannel): Promise<Grant> {
    await agreeOnVersion(channel);
    const subtypes = this.#subtypesFor(channel.connection);
    await channel.write(subtypeOffer(subtypes));
    const subtype = await readSubtypeChoice(channel.source, subtypes);
    if (subtype.tls) await this.#startTls(channel, highestTls(subtype));
    return await subtype.authentication.authenticate(channel);
  }

  #subtypesFor({ isPrivate }: Connection): readonly VeNCryptSubtype[] {
    return this.#subtypes.filter(({ tls }) => tls || isPrivate);
  }

  async #startTls(channel: SecurityChannel, highest: HighestTls): Promise<void> {
    const context = await this.#secureContext(highest);
    await channel.write(Uint8Array.of(1));
    const tls = channel.upgrade((connection) => new TlsConnection(connection, context));
    if (await tls.secured() === "TLSv1.3") {
      await new Promise((resolve) => setTimeout(resolve, SILENCE));
    }
  }
}

/**
 * TLS 1.3 ends in the server's session tickets, which Deno always sends, and TigerVNC's viewer up to 1.12
 * never notices what it reads in one go with them. Where the server speaks next, that would be its own
 * words: while the viewer asks about the certificate, they come to lie behind the tickets.
 */
function highestTls({ id }: VeNCryptSubtype): HighestTls {
  return id === VENCRYPT_SUBTYPE.X509Plain ? "TLSv1.3" : "TLSv1.2";
}

/** @throws {ProtocolError} When the viewer doesn't speak ours; it was told so. */
async function agreeOnVersion(channel: SecurityChannel): Promise<void> {
  await channel.write(Uint8Array.of(VERSION.major, VERSION.minor));
  const chosen = await channel.source.read(2);
  const [major, minor] = [chosen.getUint8(0), chosen.getUint8(1)];
  const agreed = major === VERSION.major && minor === VERSION.minor;
  await channel.write(Uint8Array.of(agreed ? 0 : 0xff));
  if (!agreed) throw new ProtocolError(`VeNCrypt version ${major}.${minor}`);
}

function subtypeOffer(subtypes: readonly VeNCryptSubtype[]): Uint8Array {
  const out = new ByteWriter(1 + 4 * subtypes.length).u8(subtypes.length);
  for (const { id } of subtypes) out.u32(id);
  return out.finish();
}

/** @throws {AuthError} When it was not offered: taking it would let the viewer choose its own rules. */
async function readSubtypeChoice(
  source: ByteSource,
  subtypes: readonly VeNCryptSubtype[],
): Promise<VeNCryptSubtype> {
  const id = (await source.read(4)).getUint32(0);
  const subtype = subtypes.find((each) => each.id === id);
  // SecurityResult begins with a 0, which refuses TLS to a viewer that waits for that answer.
  if (subtype === undefined) throw new AuthError(`VeNCrypt subtype ${id} was not offered`);
  return subtype;
}
