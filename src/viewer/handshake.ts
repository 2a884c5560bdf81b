import type { ByteSource } from "../rfb/byte_source.ts";
import type { Connection } from "../rfb/connection.ts";
import { AuthError } from "../rfb/errors.ts";
import { GREETING, type ProtocolVersion, readProtocolVersion } from "../rfb/protocol_version.ts";
import { IMPOSSIBLE_HERE } from "../rfb/refusals.ts";
import {
  readClientInit,
  readSecurityChoice,
  SECURITY_OK,
  securityFailed,
  securityOffer,
  securityRefusal,
} from "../rfb/security.ts";
import { SecurityChannel } from "../security/security_channel.ts";
import type { Authentication, Grant, SecurityType } from "../security/security_type.ts";

/** The types that version 3.3 knows: None and VNC Authentication. */
const IN_VERSION_3 = [1, 2];

/** What the handshake needs to know of the server. */
export interface HandshakePolicy {
  /** The types on offer, in the order of preference; at least one. */
  readonly securityTypes: readonly SecurityType[];
  /** Why it can't come in at the moment, if so. Asked before any security is spoken of. */
  refusal(connection: Connection): string | undefined;
  /**
   * Asked when the viewer has proved who it is, before it is told so; left out where that is enough.
   * @param left Aborted when the viewer goes away meanwhile.
   * @returns What it may do in the end.
   * @throws {AuthError} When it may not come in all the same.
   */
  consent?(connection: Connection, grant: Grant, left: AbortSignal): Promise<Grant>;
}

/** How the handshake ended. */
export interface Admission {
  readonly grant: Grant;
  /** ClientInit's shared-flag: false asks for the others to be disconnected. */
  readonly shared: boolean;
  /** Whether the viewer came by security type Tight, and expects more of ServerInit. */
  readonly byTight: boolean;
  /** The connection from now on: an encrypted one, maybe, over that which the handshake began on. */
  readonly connection: Connection;
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
 * @throws {AuthError} When the viewer may not come in; it was told so, and its connection closed.
 * @throws {ProtocolError} When the viewer broke the protocol; its connection is closed.
 */
export async function handshake(
  connection: Connection,
  policy: HandshakePolicy,
): Promise<Admission> {
  const channel = new SecurityChannel(connection);
  try {
    return await shakeHands(channel, policy);
  } catch (error) {
    // Whatever encrypts by now holds memory until it's closed.
    channel.connection.close();
    throw error;
  }
}

async function shakeHands(channel: SecurityChannel, policy: HandshakePolicy): Promise<Admission> {
  await channel.write(GREETING);
  const version = await readProtocolVersion(channel.source);

  const refusal = policy.refusal(channel.connection);
  if (refusal !== undefined) return await refuse(channel, version, refusal);
  const { grant, byTight } = await authenticate(channel, version, policy);
  const shared = await readClientInit(channel.source);
  const { connection, source } = channel;
  return { grant, shared, byTight, connection, source };
}

/** @throws {AuthError} Always, when the viewer has been told. */
async function refuse(
  channel: SecurityChannel,
  version: ProtocolVersion,
  reason: string,
): Promise<never> {
  await channel.write(securityRefusal(version, reason));
  throw new AuthError(reason);
}

/** Those of the types that can be offered to this viewer; at least one. */
async function offered(
  channel: SecurityChannel,
  version: ProtocolVersion,
  types: readonly SecurityType[],
): Promise<readonly SecurityType[]> {
  const possible = types.filter((type) => type.isFor?.(channel.connection) ?? true);
  const known = possible.filter(({ id }) => version > 3 || IN_VERSION_3.includes(id));
  if (known.length > 0) return known;
  const reason = possible.length > 0
    ? "this viewer is too old for the security that is wanted here"
    : IMPOSSIBLE_HERE;
  return await refuse(channel, version, reason);
}

async function authenticate(
  channel: SecurityChannel,
  version: ProtocolVersion,
  policy: HandshakePolicy,
): Promise<Pick<Admission, "grant" | "byTight">> {
  const types = await offered(channel, version, policy.securityTypes);
  const ids = types.map((type) => type.id);
  await channel.write(securityOffer(version, ids));
  // What the viewer authenticates by, as soon as it has chosen it.
  let chosen: Authentication | undefined;
  const hasResult = () => version === 8 || chosen?.alwaysHasResult !== false;
  try {
    const id = await readSecurityChoice(channel.source, version, ids);
    const type = types.find((type) => type.id === id)!;
    chosen = await type.choose?.(channel) ?? type;
    const proved = await chosen.authenticate(channel);
    const grant = await consented(channel, policy, proved);
    if (hasResult()) await channel.write(SECURITY_OK);
    return { grant, byTight: chosen !== type };
  } catch (error) {
    if (error instanceof AuthError && hasResult()) {
      await channel.write(securityFailed(version, error.message));
    }
    throw error;
  }
}

/** Waits for the policy's consent, and sees whether the viewer does, too. */
async function consented(
  channel: SecurityChannel,
  policy: HandshakePolicy,
  proved: Grant,
): Promise<Grant> {
  if (policy.consent === undefined) return proved;
  const [left, answered] = [new AbortController(), new AbortController()];
  // What the connection broke by is met again by the next to use it.
  const watching = channel.source.untilEnd(answered.signal).catch(() => {}).then(() => {
    if (!answered.signal.aborted) left.abort();
  });
  try {
    return await policy.consent(channel.connection, proved, left.signal);
  } finally {
    answered.abort();
    await watching;
  }
}
