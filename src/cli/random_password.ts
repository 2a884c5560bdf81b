/** 32 characters that nobody takes for one another, so that each says 5 bits. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

/** A password of that many characters, with 5 random bits each. */
export function randomPassword(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
