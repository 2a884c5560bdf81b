import type { ByteSource } from "./byte_source.ts";
import { ByteWriter } from "./byte_writer.ts";
import { AuthError } from "./errors.ts";
import type { ProtocolVersion } from "./protocol_version.ts";

const utf8 = new TextEncoder();

function appendReason(out: ByteWriter, reason: string): ByteWriter {
  const text = utf8.encode(reason);
  return out.u32(text.length).bytes(text);
}

/**
 * The offer of security types (RFC 6143 §7.1.2). In 3.3 the server decides, so it is the first type
 * alone; that version knows only None and VNC Authentication.
 * @param types Their numbers in the order of preference, at least one.
 */
export function securityOffer(version: ProtocolVersion, types: readonly number[]): Uint8Array {
  if (version === 3) return new ByteWriter(4).u32(types[0]!).finish();
  return new ByteWriter(1 + types.length).u8(types.length).bytes(Uint8Array.from(types)).finish();
}

/** What is sent in place of an offer to a viewer that can't be served, with the reason. */
export function securityRefusal(version: ProtocolVersion, reason: string): Uint8Array {
  const out = new ByteWriter();
  return appendReason(version === 3 ? out.u32(0) : out.u8(0), reason).finish();
}

/**
 * The type that the viewer chose from the offer.
 * @throws {AuthError} When it was not offered: taking it would let the viewer choose its own rules.
 */
export async function readSecurityChoice(
  source: ByteSource,
  version: ProtocolVersion,
  types: readonly number[],
): Promise<number> {
  if (version === 3) return types[0]!;
  const choice = (await source.read(1)).getUint8(0);
  if (!types.includes(choice)) throw new AuthError(`security type ${choice} was not offered`);
  return choice;
}

/** SecurityResult "OK" (RFC 6143 §7.1.3). */
export const SECURITY_OK: Uint8Array = new Uint8Array([0, 0, 0, 0]);

/** SecurityResult "failed", with the reason where the version has a place for it. */
export function securityFailed(version: ProtocolVersion, reason: string): Uint8Array {
  const out = new ByteWriter().u32(1);
  return version === 8 ? appendReason(out, reason).finish() : out.finish();
}

/**
 * The shared-flag of ClientInit (RFC 6143 §7.3.1).
 * @returns True to leave other viewers connected, false to ask for exclusive access.
 */
export async function readClientInit(source: ByteSource): Promise<boolean> {
  return (await source.read(1)).getUint8(0) !== 0;
}
