import type { ByteSource } from "../../rfb/byte_source.ts";
import { concat } from "../../rfb/concat.ts";
import type { Connection, Endpoint } from "../../rfb/connection.ts";
import { ProtocolError } from "../../rfb/errors.ts";
import { type AesEax, EAX_TAG_LENGTH } from "../crypto/aes_eax.ts";
import { AES_BLOCK_SIZE, type Bytes } from "../crypto/cmac.ts";

/** Bytes of a message that a viewer sends, at most: what its length can say. */
const MAX_MESSAGE = 0xffff;

/**
 * Bytes of a message that vncd sends, at most. Viewers take any length; longer messages make little
 * difference in what encryption costs, but a viewer can use none before it has come in full.
 */
const MESSAGE_SIZE = 16 * 1024;

/** Bytes of a message's length, which is its header. */
const HEADER_LENGTH = 2;

/** The number of a message, little-endian. */
function nonceOf(index: bigint): Bytes {
  const nonce = new Uint8Array(AES_BLOCK_SIZE);
  new DataView(nonce.buffer).setBigUint64(0, index, true);
  return nonce;
}

/** A message's length, as it goes before it. */
function headerOf(length: number): Bytes {
  return Uint8Array.of(length >> 8, length);
}

/**
 * The encrypted stream of the RSA-AES security types: a connection over another, in messages, each
 * a U16 length, so many bytes, and the tag of AES-EAX.
 */
export class EaxConnection implements Connection {
  readonly peer: string;
  readonly remote: Endpoint;
  readonly local: Endpoint;
  readonly isPrivate = true;
  readonly #connection: Connection;
  readonly #source: ByteSource;
  readonly #incoming: AesEax;
  readonly #outgoing: AesEax;
  #received = 0n;
  #sent = 0n;

  /**
   * @param source Reads `connection`. It may have bytes already: they are no less proved to be the
   *   peer's than those that come later.
   */
  constructor(connection: Connection, source: ByteSource, incoming: AesEax, outgoing: AesEax) {
    ({ peer: this.peer, remote: this.remote, local: this.local } = connection);
    this.#connection = connection;
    this.#source = source;
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  /** @throws {ProtocolError} When somebody has changed the stream on its way. */
  async read(): Promise<Uint8Array | null> {
    return await this.#source.ended() ? null : await this.readMessage();
  }

  /**
   * The next message by itself, where it has a meaning of its own.
   * @param maxLength Bytes that it may have.
   * @throws {ProtocolError} When it has more, or somebody has changed it on its way.
   * @throws {ConnectionClosed} When the stream ends before.
   */
  async readMessage(maxLength = MAX_MESSAGE): Promise<Uint8Array> {
    const length = (await this.#source.read(HEADER_LENGTH)).getUint16(0);
    if (length > maxLength) throw new ProtocolError(`an encrypted message of ${length} bytes`);
    const sealed = await this.#source.readBytes(length + EAX_TAG_LENGTH);
    const message = await this.#incoming.open(nonceOf(this.#received++), headerOf(length), sealed);
    if (message === undefined) {
      throw new ProtocolError("an encrypted message was changed on its way");
    }
    return message;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const messages: Promise<Uint8Array[]>[] = [];
    for (let at = 0; at < bytes.length; at += MESSAGE_SIZE) {
      messages.push(this.#seal(bytes.slice(at, at + MESSAGE_SIZE)));
    }
    await this.#connection.write(concat((await Promise.all(messages)).flat()));
  }

  close(reason?: string): void {
    this.#connection.close(reason);
  }

  async #seal(message: Bytes): Promise<Uint8Array[]> {
    const header = headerOf(message.length);
    return [header, await this.#outgoing.seal(nonceOf(this.#sent++), header, message)];
  }
}
