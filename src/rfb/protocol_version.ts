import { decodeLatin1 } from "../latin1.ts";
import type { ByteSource } from "./byte_source.ts";
import { ProtocolError } from "./errors.ts";

/** The published protocol versions, by their minor number: RFB 3.3, 3.7 and 3.8. */
export type ProtocolVersion = 3 | 7 | 8;

/** What the server opens with: the highest version that it speaks (RFC 6143 §7.1.1). */
export const GREETING: Uint8Array = new TextEncoder().encode("RFB 003.008\n");

/**
 * Reads the viewer's ProtocolVersion message and settles on a published version. A viewer must not
 * ask for more than it was offered; one that does all the same (3.889, 4.x, 5.x are seen) gets what
 * was offered. The unpublished ones below (3.4, 3.5, 3.6) mean 3.3.
 * @throws {ProtocolError} When it isn't a ProtocolVersion message.
 */
export async function readProtocolVersion(source: ByteSource): Promise<ProtocolVersion> {
  const text = decodeLatin1(await source.readBytes(GREETING.length));
  const match = /^RFB (\d{3})\.(\d{3})\n$/.exec(text);
  if (match === null) throw new ProtocolError("the greeting is not an RFB version");
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major < 3) throw new ProtocolError(`RFB version ${major}.${minor} is not supported`);
  if (major > 3 || minor >= 8) return 8;
  return minor === 7 ? 7 : 3;
}
