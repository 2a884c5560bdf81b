/** 32 characters that nobody takes for one another, so that each says 5 bits. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

/** A password of 40 random bits, as long as VNC Authentication can use. */
export function randomPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
