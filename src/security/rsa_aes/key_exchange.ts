import { timingSafeEqual } from "@std/crypto/timing-safe-equal";
import { createHash, type KeyObject } from "node:crypto";
import { ProtocolError } from "../../rfb/errors.ts";
import { AesEax } from "../crypto/aes_eax.ts";
import type { SecurityChannel } from "../security_channel.ts";
import { EaxConnection } from "./eax_connection.ts";
import { readPublicKey, type RsaPublicKey } from "./public_key.ts";
import { encryptRandom, readRandom } from "./random_number.ts";
import type { RsaAesVariant } from "./variant.ts";

/** The server's key: both of its halves. */
export interface ServerKey {
  readonly privateKey: KeyObject;
  readonly publicKey: RsaPublicKey;
}

/** Random bytes, as many as asked for. */
export type RandomBytes = (length: number) => Uint8Array;

/**
 * Agrees with a viewer on session keys, and makes sure that both have seen the same public keys:
 * ```
 * server                     viewer
 *   public key          ->
 *                       <-   public key
 *   random, encrypted   ->
 *                       <-   random, encrypted
 *   hash of both keys   =>                         => encrypted with the session keys
 *                       <=   hash of both keys
 * ```
 * @param randomBytes Where the server's random number comes from.
 * @returns The encrypted stream, over the channel's connection.
 * @throws {ProtocolError} When the viewer or somebody on the way doesn't keep to that.
 */
export async function exchangeKeys(
  channel: SecurityChannel,
  { hash, keySize }: RsaAesVariant,
  { privateKey, publicKey }: ServerKey,
  randomBytes: RandomBytes,
): Promise<EaxConnection> {
  const { connection, source } = channel;
  const digest = (first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> =>
    new Uint8Array(createHash(hash).update(first).update(second).digest());
  const sessionKey = (first: Uint8Array, second: Uint8Array) =>
    AesEax.create(digest(first, second).subarray(0, keySize));

  await channel.write(publicKey.message);
  const viewerKey = await readPublicKey(source);
  if (timingSafeEqual(viewerKey.modulus, publicKey.modulus)) {
    throw new ProtocolError("the viewer sends back the server's own key");
  }
  const serverRandom = randomBytes(keySize);
  await channel.write(encryptRandom(viewerKey, serverRandom));
  const viewerRandom = await readRandom(source, privateKey, publicKey, randomBytes(keySize));

  const encrypted = new EaxConnection(
    connection,
    source,
    await sessionKey(serverRandom, viewerRandom),
    await sessionKey(viewerRandom, serverRandom),
  );
  await encrypted.write(digest(publicKey.message, viewerKey.message));
  const expected = digest(viewerKey.message, publicKey.message);
  if (!timingSafeEqual(await encrypted.readMessage(expected.length), expected)) {
    throw new ProtocolError("the viewer has seen other public keys");
  }
  return encrypted;
}
