import { ByteSource } from "../../src/rfb/byte_source.ts";

/** A source that yields the chunks given, then the end of the stream. */
export function sourceOf(...chunks: Uint8Array[]): ByteSource {
  const left = [...chunks];
  return new ByteSource({ read: () => Promise.resolve(left.shift() ?? null) });
}

/** Cuts bytes into pieces of one size. */
export function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  return pieces;
}
