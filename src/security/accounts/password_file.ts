import { areSameKey, DES_BLOCK_SIZE, desDecrypt } from "../crypto/des.ts";
import { VNC_PASSWORD_LENGTH } from "../policy.ts";
import { MAX_LENGTH } from "./name_and_password.ts";

/** The passwords that open the desktop, as the bytes that a viewer types (UTF-8). */
export interface Passwords {
  /** Opens it with keyboard and pointer. */
  readonly full: Uint8Array;
  /** Opens it for watching only. */
  readonly viewOnly?: Uint8Array;
}

/** A password file that can't be used; `message` says why, without its name and without its secrets. */
export class PasswordFileError extends Error {
  override readonly name = "PasswordFileError";
}

/** The key, the same everywhere, that vncpasswd and x11vnc encrypt passwords with. It hides nothing. */
const OBFUSCATION_KEY = new Uint8Array([0x17, 0x52, 0x6b, 0x06, 0x23, 0x4e, 0x58, 0x07]);

/** The text that bytes say in UTF-8, without a byte order mark; undefined when they aren't text. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // deno-lint-ignore no-control-regex
    return /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The passwords in an obfuscated file, one a block; zeros fill the shorter ones. */
function reveal(bytes: Uint8Array): Uint8Array[] {
  const plain = desDecrypt(OBFUSCATION_KEY, bytes);
  const passwords: Uint8Array[] = [];
  for (let at = 0; at < plain.length; at += DES_BLOCK_SIZE) {
    const block = plain.subarray(at, at + DES_BLOCK_SIZE);
    const end = block.indexOf(0);
    passwords.push(block.slice(0, end < 0 ? DES_BLOCK_SIZE : end));
  }
  return passwords;
}

/**
 * Whether a file is obfuscated. It is 8 or 16 bytes then, and these are random, so hardly ever text.
 * When they happen to be, without a line's end (an 8-letter password written with `printf` looks just
 * like it), it is taken as obfuscated only if that yields text, too; chance makes either mistake in less
 * than one file of a thousand, and never with a line's end, which `vncd passwd` always writes.
 */
function isObfuscated(bytes: Uint8Array, text: string | undefined): boolean {
  if (bytes.length !== DES_BLOCK_SIZE && bytes.length !== 2 * DES_BLOCK_SIZE) return false;
  if (text === undefined) return true;
  if (text.endsWith("\n")) return false;
  const revealed = reveal(bytes);
  return revealed[0]!.length > 0 && revealed.every((each) => decodeText(each) !== undefined);
}

/** @throws {PasswordFileError} When no viewer can send them, or when both are one. */
function passwordsOf(full: Uint8Array, viewOnly: Uint8Array | undefined): Passwords {
  if (Math.max(full.length, viewOnly?.length ?? 0) > MAX_LENGTH) {
    throw new PasswordFileError(`viewers can't send more than ${MAX_LENGTH} bytes`);
  }
  if (!viewOnly?.length) return { full };
  if (full.toHex() === viewOnly.toHex()) {
    throw new PasswordFileError("both passwords are the same");
  }
  return { full, viewOnly };
}

/**
 * Why VNC Authentication can't do with two passwords, if so: who knows the one for watching would get
 * full control.
 */
export function vncAuthProblem({ full, viewOnly }: Passwords): string | undefined {
  if (viewOnly === undefined || !areSameKey(full, viewOnly)) return undefined;
  return "VNC Authentication can't tell the two passwords apart: it uses only 7 bits of each of their " +
    `first ${VNC_PASSWORD_LENGTH} bytes`;
}

/**
 * Reads the content of a password file: plain text, whose first line is the password for full control
 * and whose second one, if any, that for watching only; or what vncpasswd and `x11vnc -storepasswd` write.
 * @throws {PasswordFileError} When it is empty, starts with an empty line, is neither of both, or its
 *   passwords are too long or the same.
 */
export function parsePasswordFile(bytes: Uint8Array): Passwords {
  if (bytes.length === 0) throw new PasswordFileError("the file is empty");
  const text = decodeText(bytes);
  if (isObfuscated(bytes, text)) {
    const [full, viewOnly] = reveal(bytes);
    if (!full?.length) throw new PasswordFileError("the password in it is empty");
    return passwordsOf(full, viewOnly);
  }
  if (text === undefined) {
    throw new PasswordFileError("it is neither text nor a file that vncpasswd writes");
  }
  const [full, viewOnly, ...rest] = text.split(/\r?\n/);
  if (!full) throw new PasswordFileError("its first line, the password, is empty");
  if (rest.some((line) => line !== "")) {
    throw new PasswordFileError("it has more than two lines (full control, view only)");
  }
  const encoder = new TextEncoder();
  return passwordsOf(encoder.encode(full), encoder.encode(viewOnly ?? ""));
}

/**
 * The content of a plain-text password file, which {@linkcode parsePasswordFile} reads.
 * @throws {PasswordFileError} When they are too long, or the same to VNC Authentication, which may be
 *   what viewers are asked for one day.
 */
export function formatPasswordFile(full: string, viewOnly?: string): string {
  const encoder = new TextEncoder();
  const problem = vncAuthProblem(passwordsOf(encoder.encode(full), encoder.encode(viewOnly ?? "")));
  if (problem !== undefined) throw new PasswordFileError(problem);
  return viewOnly ? `${full}\n${viewOnly}\n` : `${full}\n`;
}
