import { createDiffieHellman, getDiffieHellman, randomBytes } from "node:crypto";
import { ProtocolError } from "../../rfb/errors.ts";

const GROUP = getDiffieHellman("modp14");

/** The 2048-bit MODP group's prime (group 14 of RFC 3526 §3): (p - 1) / 2 is prime, too. */
export const DH_PRIME: Uint8Array = GROUP.getPrime();
/** That group's generator. */
export const DH_GENERATOR = 2;
/** Bytes of the prime, of public values and of shared secrets. */
export const DH_LENGTH = DH_PRIME.length;

/** Bytes of a private key: the 320 bits that RFC 3526 §8 has at most for this group. */
const PRIVATE_KEY_LENGTH = 40;

/** A number with zeros in front, so that it has always the same length. */
function padded(number: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(DH_LENGTH);
  bytes.set(number, DH_LENGTH - number.length);
  return bytes;
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${bytes.toHex()}`);
const LARGEST = numberOf(DH_PRIME) - 2n;

/** One side of a Diffie-Hellman key exchange, for one connection only. */
export class DiffieHellman {
  readonly #keys = createDiffieHellman(GROUP.getPrime(), GROUP.getGenerator());
  /** For the other side: {@linkcode DH_LENGTH} bytes. */
  readonly publicValue: Uint8Array;

  /** @param privateKey Random, as it is when left out. */
  constructor(privateKey: Uint8Array = randomBytes(PRIVATE_KEY_LENGTH)) {
    this.#keys.setPrivateKey(privateKey);
    this.publicValue = padded(this.#keys.generateKeys());
  }

  /**
   * What both sides know now, and nobody else: {@linkcode DH_LENGTH} bytes.
   * @param theirs The other side's public value, as many bytes.
   * @throws {ProtocolError} When the secret would be one that everybody can guess.
   */
  secretWith(theirs: Uint8Array): Uint8Array {
    const value = numberOf(theirs);
    // The powers of 0, 1 and p - 1, which is -1, are among these three again.
    if (value < 2n || value > LARGEST) throw new ProtocolError("a degenerate Diffie-Hellman value");
    return padded(this.#keys.computeSecret(theirs));
  }
}
