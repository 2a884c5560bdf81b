import { ByteSource } from "../rfb/byte_source.ts";
import type { Connection } from "../rfb/connection.ts";
import { AuthError } from "../rfb/errors.ts";
import { GREETING, type ProtocolVersion, readProtocolVersion } from "../rfb/protocol_version.ts";
import {
  readClientInit,
  readSecurityChoice,
  SECURITY_OK,
  securityFailed,
  securityOffer,
  securityRefusal,
} from "../rfb/security.ts";
import type { Access, SecurityType } from "../security/security_type.ts";

/** What the handshake needs to know of the server. */
export interface HandshakePolicy {
  /** The types on offer, in the order of preference; at least one. */
  readonly securityTypes: readonly SecurityType[];
  /** Why nobody can come in at the moment, if so. Asked before any security is spoken of. */
  refusal(): string | undefined;
}

/** How the handshake ended. */
export interface Admission {
  readonly access: Access;
  /** ClientInit's shared-flag: false asks for the others to be disconnected. */
  readonly shared: boolean;
  /** Reads what comes behind the handshake. */
  readonly source: ByteSource;
}

/**
 * The handshake up to and with ClientInit (RFC 6143 §7.1 to §7.3.1):
 * ```
 * ProtocolVersion -> Security -> (security type's own) -> SecurityResult -> ClientInit
 *                      |refusal                             |failed
 *                      v                                    v
 *                    closed                               closed
 * ```
 * @throws {AuthError} When the viewer may not come in; it was told so.
 * @throws {ProtocolError} When the viewer broke the protocol.
 */
export async function handshake(
  connection: Connection,
  policy: HandshakePolicy,
): Promise<Admission> {
  const source = new ByteSource(connection);
  await connection.write(GREETING);
  const version = await readProtocolVersion(source);

  const refusal = policy.refusal();
  if (refusal !== undefined) {
    await connection.write(securityRefusal(version, refusal));
    throw new AuthError(refusal);
  }
  const access = await authenticate(connection, source, version, policy.securityTypes);
  return { access, shared: await readClientInit(source), source };
}

async function authenticate(
  connection: Connection,
  source: ByteSource,
  version: ProtocolVersion,
  types: readonly SecurityType[],
): Promise<Access> {
  const ids = types.map((type) => type.id);
  await connection.write(securityOffer(version, ids));
  try {
    const id = await readSecurityChoice(source, version, ids);
    const type = types.find((type) => type.id === id)!;
    const access = await type.authenticate({
      source,
      write: (bytes) => connection.write(bytes),
    });
    if (version === 8 || type.alwaysHasResult) await connection.write(SECURITY_OK);
    return access;
  } catch (error) {
    if (error instanceof AuthError) await connection.write(securityFailed(version, error.message));
    throw error;
  }
}
