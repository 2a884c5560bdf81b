import { dirname } from "node:path";
import { messageOf } from "../log.ts";

/** A file that holds secrets. */
export interface SecretFile {
  readonly content: Uint8Array;
  /** Whether other users of the machine can get at it. */
  readonly isOpenToOthers: boolean;
}

/**
 * Reads a file that holds secrets.
 * @param maxSize In bytes; a larger one is something else.
 * @throws {Error} When it can't be read: {@linkcode reasonOf} says why.
 */
export function readSecretFile(file: string, maxSize: number): SecretFile {
  using handle = Deno.openSync(file);
  const { mode, isFile } = handle.statSync();
  const buffer = new Uint8Array(maxSize + 1);
  let length = 0;
  while (length < buffer.length) {
    const count = handle.readSync(buffer.subarray(length));
    if (count === null) break;
    length += count;
  }
  if (length > maxSize) throw new RangeError("it is too large to be one");
  // Windows says no mode; a pipe's says nothing.
  const isOpenToOthers = isFile && mode !== null && (mode & 0o077) !== 0;
  return { content: buffer.subarray(0, length), isOpenToOthers };
}

/**
 * What is another whenever a file is.
 * @throws {Error} When it can't be looked at: {@linkcode reasonOf} says why.
 */
export function stampOf(file: string): string {
  const { mtime, size, ino } = Deno.statSync(file);
  return `${mtime?.getTime()} ${size} ${ino}`;
}

/**
 * Replaces a file, for its owner alone, and makes its folder where there is none. It happens at once, so
 * that nobody ever finds half of it, or finds it readable for others.
 * @throws {Error} When it can't be written; the message names it and says why.
 */
export function replaceSecretFile(file: string, content: string): void {
  const draft = `${file}.${crypto.randomUUID()}`;
  try {
    Deno.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    Deno.writeTextFileSync(draft, content, { createNew: true, mode: 0o600 });
    Deno.renameSync(draft, file);
  } catch (error) {
    try {
      Deno.removeSync(draft);
    } catch {
      // It was never made.
    }
    throw new Error(`can't write ${file}: ${systemReason(error)}`);
  }
}

/** What to tell a person about a file that is open to others. */
export function openToOthers(file: string): string {
  return `other users of this machine can get at ${file}; protect it: chmod 600 ${file}`;
}

/** Why a file can't be used, for a person: a part of one line. */
export function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.PermissionDenied) return "this user may not read it";
  if (error instanceof Deno.errors.IsADirectory) return "it is a directory";
  if (error instanceof Deno.errors.NotCapable) return "Deno opens nothing in /dev or /proc";
  return systemReason(error);
}

/** `Read-only file system` of `Read-only file system (os error 30): open '/home/me/key.pem'`. */
function systemReason(error: unknown): string {
  return messageOf(error).replace(/ \(os error .*/s, "");
}
