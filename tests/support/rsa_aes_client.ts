import {
  constants,
  createHash,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from "node:crypto";
import type { Connection } from "../../src/rfb/connection.ts";
import { concat, u16, u32 } from "./bytes.ts";
import { eaxOpen, eaxSeal } from "./eax.ts";

type Stream = Pick<Connection, "read" | "write" | "close">;

const padding = constants.RSA_PKCS1_PADDING;
const utf8 = new TextEncoder();

/** The four security types, by number. */
const TYPES: Readonly<Record<number, { hash: string; size: number; encryptsSession: boolean }>> = {
  5: { hash: "sha1", size: 16, encryptsSession: true },
  6: { hash: "sha1", size: 16, encryptsSession: false },
  129: { hash: "sha256", size: 32, encryptsSession: true },
  130: { hash: "sha256", size: 32, encryptsSession: false },
};

/** One direction of encrypted messages. */
class Direction {
  readonly #key: Uint8Array;
  #index = 0;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  #nonce(): Uint8Array {
    const index = this.#index++;
    return Uint8Array.from({ length: 16 }, (_, i) => i < 4 ? index >>> i * 8 : 0);
  }

  seal(message: Uint8Array): Uint8Array {
    const header = Uint8Array.from(u16(message.length));
    return concat(header, eaxSeal(this.#key, this.#nonce(), header, message));
  }

  open(header: Uint8Array, sealed: Uint8Array): Uint8Array {
    return eaxOpen(this.#key, this.#nonce(), header, sealed);
  }
}

/**
 * A viewer's side of the RSA-AES security types, from the specification: a stream that is plain until
 * {@linkcode authenticate}, and encrypted from there on where the type wants that.
 */
export class RsaAesClient implements Stream {
  readonly #stream: Stream;
  readonly #key: KeyObject;
  #buffer: Uint8Array = new Uint8Array(0);
  #encryption: { readonly incoming: Direction; readonly outgoing: Direction } | undefined;
  /** What the server asked for: 1 a name and a password, 2 a password. */
  subtype: number | undefined;

  /** @param key The viewer's RSA key. */
  constructor(stream: Stream, key: KeyObject) {
    this.#stream = stream;
    this.#key = key;
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#buffer.length === 0 && !await this.#more()) return null;
    if (this.#encryption !== undefined) return await this.#readMessage(this.#encryption.incoming);
    const bytes = this.#buffer;
    this.#buffer = new Uint8Array(0);
    return bytes;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#stream.write(this.#encryption?.outgoing.seal(bytes) ?? bytes);
  }

  close(): void {
    this.#stream.close();
  }

  /**
   * Goes through the exchange of a security type.
   * @param type Its number.
   * @param name Only told where the server asks for it.
   */
  async authenticate(type: number, password: string, name = ""): Promise<void> {
    const { hash, size, encryptsSession } = TYPES[type]!;
    const digest = (...parts: Uint8Array[]) => createHash(hash).update(concat(...parts)).digest();

    const { key, message: serverKey } = await this.#readPublicKey();
    const viewerKey = this.#publicKey();
    await this.write(viewerKey);
    const viewerRandom = randomBytes(size);
    const encrypted = publicEncrypt({ key, padding }, viewerRandom);
    await this.write(concat(Uint8Array.from(u16(encrypted.length)), encrypted));
    const length = await this.#take(2);
    const answer = await this.#take(length[0]! << 8 | length[1]!);
    const serverRandom = privateDecrypt({ key: this.#key, padding }, answer);
    if (serverRandom.length !== size) throw new Error(`${serverRandom.length} random bytes`);

    const outgoing = new Direction(digest(serverRandom, viewerRandom).subarray(0, size));
    const incoming = new Direction(digest(viewerRandom, serverRandom).subarray(0, size));
    await this.#stream.write(outgoing.seal(digest(viewerKey, serverKey)));
    const serverHash = await this.#readMessage(incoming);
    if (serverHash.toHex() !== digest(serverKey, viewerKey).toString("hex")) {
      throw new Error("the server has another hash");
    }
    this.subtype = (await this.#readMessage(incoming))[0]!;
    const [user, secret] = [utf8.encode(this.subtype === 1 ? name : ""), utf8.encode(password)];
    const credentials = concat(
      Uint8Array.of(user.length),
      user,
      Uint8Array.of(secret.length),
      secret,
    );
    await this.#stream.write(outgoing.seal(credentials));
    if (encryptsSession) this.#encryption = { incoming, outgoing };
  }

  /** U32 length in bits, modulus, public exponent. */
  #publicKey(): Uint8Array {
    const { n, e } = this.#key.export({ format: "jwk" });
    const bits = this.#key.asymmetricKeyDetails!.modulusLength!;
    const size = Math.ceil(bits / 8);
    const numbers = [n!, e!].map((text) => Uint8Array.fromBase64(text, { alphabet: "base64url" }));
    const filled = numbers.map((each) => concat(new Uint8Array(size - each.length), each));
    return concat(Uint8Array.from(u32(bits)), ...filled);
  }

  async #readPublicKey(): Promise<{ key: KeyObject; message: Uint8Array }> {
    const head = await this.#take(4);
    const size = Math.ceil(new DataView(head.buffer).getUint32(0) / 8);
    const numbers = [await this.#take(size), await this.#take(size)];
    const [n, e] = numbers.map((bytes) => {
      const hex = bytes.toHex().replace(/^(00)+/, "");
      return Uint8Array.fromHex(hex).toBase64({ alphabet: "base64url", omitPadding: true });
    });
    const key = createPublicKey({ key: { kty: "RSA", n: n!, e: e! }, format: "jwk" });
    return { key, message: concat(head, ...numbers) };
  }

  async #readMessage(direction: Direction): Promise<Uint8Array> {
    const header = await this.#take(2);
    return direction.open(header, await this.#take((header[0]! << 8 | header[1]!) + 16));
  }

  /** The next `length` bytes as they come, encrypted or not. */
  async #take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#buffer.length < length) {
      if (!await this.#more()) throw new Error("the server has closed the connection");
    }
    const taken = this.#buffer.slice(0, length);
    this.#buffer = this.#buffer.slice(length);
    return taken;
  }

  async #more(): Promise<boolean> {
    const chunk = await this.#stream.read();
    if (chunk !== null) this.#buffer = concat(this.#buffer, chunk);
    return chunk !== null;
  }
}
