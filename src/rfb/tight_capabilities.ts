import { encodeLatin1 } from "../latin1.ts";
import { ByteWriter } from "./byte_writer.ts";

/** Something that a server knows, as security type Tight names it: the specification's CAPABILITY. */
export interface Capability {
  /** A number of that kind of thing: of a message, an encoding or a type of authentication. */
  readonly code: number;
  /** Who defined it: 4 characters. */
  readonly vendor: string;
  /** Its name: 8 characters. */
  readonly signature: string;
}

/** The bytes of a CAPABILITY. */
const CAPABILITY_LENGTH = 16;

function appendCapability(out: ByteWriter, { code, vendor, signature }: Capability): void {
  out.s32(code).bytes(encodeLatin1(vendor)).bytes(encodeLatin1(signature));
}

/**
 * What Tight begins with: no tunnels, and the types of authentication, the preferred first.
 * @param types With none of them the viewer takes it that no authentication is needed.
 */
export function tightOffer(types: readonly Capability[]): Uint8Array {
  const out = new ByteWriter(8 + types.length * CAPABILITY_LENGTH).u32(0).u32(types.length);
  for (const type of types) appendCapability(out, type);
  return out.finish();
}

/** What a server tells a viewer that came by Tight, beyond what every server knows. */
export interface InteractionCapabilities {
  readonly serverMessages: readonly Capability[];
  readonly clientMessages: readonly Capability[];
  readonly encodings: readonly Capability[];
}

/** What Tight adds to ServerInit. */
export function interactionCapabilities(
  { serverMessages, clientMessages, encodings }: InteractionCapabilities,
): Uint8Array {
  const all = [...serverMessages, ...clientMessages, ...encodings];
  const out = new ByteWriter(8 + all.length * CAPABILITY_LENGTH)
    .u16(serverMessages.length).u16(clientMessages.length).u16(encodings.length).padding(2);
  for (const each of all) appendCapability(out, each);
  return out.finish();
}
