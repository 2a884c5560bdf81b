import type { ByteSource } from "./byte_source.ts";
import { ByteWriter } from "./byte_writer.ts";
import { ProtocolError } from "./errors.ts";

/** The flags of ClientFence and ServerFence. */
export const FENCE = {
  /** All messages before it must have taken effect before it is answered. */
  BlockBefore: 1 << 0,
  /** No message behind it may be begun before it is answered. */
  BlockAfter: 1 << 1,
  /** The next message divides what is sent before the answer from what is sent behind it. */
  SyncNext: 1 << 2,
  /** It is to be answered; without this flag it is an answer. */
  Request: 2 ** 31,
} as const;

/** Whether a fence has one of the {@linkcode FENCE} bits. */
export function hasFlag({ flags }: Fence, flag: number): boolean {
  return (flags & flag) !== 0;
}

/** The longest payload that either side may send, in bytes. */
const MAX_PAYLOAD = 64;

/** A synchronisation point in the stream: a request for one, or the answer to such a request. */
export interface Fence {
  /** An unsigned 32-bit number of {@linkcode FENCE} bits, and perhaps others. */
  readonly flags: number;
  /** The asking side's own; the answer brings it back. At most 64 bytes. */
  readonly payload: Uint8Array;
}

/**
 * Reads what follows the message type of a ClientFence.
 * @throws {ProtocolError} When the payload is longer than the specification lets it be.
 */
export async function readFence(source: ByteSource): Promise<Fence> {
  const head = await source.read(8);
  const flags = head.getUint32(3);
  const length = head.getUint8(7);
  if (length > MAX_PAYLOAD) throw new ProtocolError(`a fence with ${length} bytes of payload`);
  return { flags, payload: await source.readBytes(length) };
}

/** ServerFence. */
export function serverFence({ flags, payload }: Fence): Uint8Array {
  return new ByteWriter(9 + payload.length)
    .u8(248).padding(3).u32(flags).u8(payload.length).bytes(payload).finish();
}
