/** The most bytes, in UTF-8, of a name and of a password: RSA-AES has a byte for the length of each. */
export const MAX_LENGTH = 255;

/**
 * A name in the one form in which it is stored and compared: Unicode's NFC, so that `é` is the same
 * whether a keyboard makes it of one character or of two. Capital letters count.
 */
export function normalizeName(name: string): string {
  return name.normalize("NFC");
}

/** A name as a viewer sends it, in UTF-8, in the form of {@linkcode normalizeName}. */
export function decodeName(bytes: Uint8Array): string {
  // Without that the decoder would take a first U+FEFF away, and one name would be another.
  return normalizeName(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
}

/** What is wrong with an account's name, as the end of the sentence "a name …"; undefined when nothing. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "can't be empty";
  if (new TextEncoder().encode(name).length > MAX_LENGTH) {
    return `can't have more than ${MAX_LENGTH} bytes`;
  }
  if (name.includes(":")) return "can't hold a colon";
  if (/\p{Cc}/u.test(name)) return "can't hold control characters";
  if (name.trim() !== name) return "can't begin or end with a space";
  return name.startsWith("#") ? "can't begin with #" : undefined;
}

/** Whether these bytes can be the password of an account at all: some, not too many, and no NUL. */
export function canBePassword(password: Uint8Array): boolean {
  const { length } = password;
  return length > 0 && length <= MAX_LENGTH && !password.includes(0);
}
