import { dirname } from "node:path";
import { messageOf } from "../log.ts";
import {
  ADMINISTRATORS,
  makePrivateFile,
  othersCanReadOrChange,
  ownSid,
  SYSTEM,
} from "./access/windows_access.ts";

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
  // A pipe's says nothing.
  const isOpenToOthers = isFile && isOpen(file, mode);
  return { content: buffer.subarray(0, length), isOpenToOthers };
}

function isOpen(file: string, mode: number | null): boolean {
  // What Deno calls the mode there is made up.
  if (Deno.build.os === "windows") return othersCanReadOrChange(file);
  return mode !== null && (mode & 0o077) !== 0;
}

/**
 * Reads a file that holds secrets and is read again whenever it changes.
 * @throws {Error} As {@linkcode readSecretFile}, and where it isn't a file: opening a pipe would hold up
 *   all viewers until somebody writes to it.
 */
export function readChangingSecretFile(file: string, maxSize: number): SecretFile {
  const { isFile, isDirectory } = Deno.statSync(file);
  if (!isFile && !isDirectory) throw new Error("it is a pipe or a device");
  return readSecretFile(file, maxSize);
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
 * Replaces a file, or makes it for its owner alone, and its folder where there is none. It happens at once,
 * so that nobody ever finds half of it, or finds it readable for others than before.
 * @throws {Error} When it can't be written; the message names it and says why.
 */
export function replaceSecretFile(file: string, content: string): void {
  const draft = `${file}.${crypto.randomUUID()}`;
  try {
    Deno.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeDraft(draft, content);
    keepOwner(file, draft);
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

/**
 * Makes a file for its owner alone.
 * @throws {Error} When it can't, as where there is one.
 */
export function createPrivately(file: string): Deno.FsFile {
  // By Deno it would be there for all whom the folder lets in.
  const isWindows = Deno.build.os === "windows";
  if (isWindows && makePrivateFile(file)) return Deno.openSync(file, { write: true });
  // Where Windows made none this tells why.
  const handle = Deno.openSync(file, { write: true, createNew: true, mode: 0o600 });
  if (!isWindows) return handle;
  handle.close();
  Deno.removeSync(file);
  throw new Error("Windows makes no file there for this user alone");
}

/** Opens a file to write at its end; one that there isn't yet is made for its owner alone. */
export function openPrivateLog(file: string): Deno.FsFile {
  try {
    createPrivately(file).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  return Deno.openSync(file, { append: true });
}

function writeDraft(draft: string, content: string): void {
  using handle = createPrivately(draft);
  const bytes = new TextEncoder().encode(content);
  for (let at = 0; at < bytes.length;) at += handle.writeSync(bytes.subarray(at));
  // Else a crash soon after the renaming could leave an empty file.
  handle.syncSync();
}

/** Gives a draft the owner and the mode of the file that it is to replace: root may work for others. */
function keepOwner(file: string, draft: string): void {
  if (Deno.build.os === "windows" || !exists(file)) return;
  const [old, own] = [Deno.statSync(file), Deno.statSync(draft)];
  if (old.uid !== own.uid || old.gid !== own.gid) Deno.chownSync(draft, old.uid, old.gid);
  if (old.mode !== null) Deno.chmodSync(draft, old.mode & 0o777);
}

/** Whether there is a file; one that may not be looked at is there. */
export function exists(file: string): boolean {
  try {
    Deno.statSync(file);
    return true;
  } catch (error) {
    return !isAbsent(error);
  }
}

/** Whether a file can't be used because there is none. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** What to tell a person about a file that is open to others. */
export function openToOthers(file: string): string {
  const how = Deno.build.os === "windows" ? icacls(file) : `chmod 600 ${file}`;
  return `other users of this machine can get at ${file}; protect it: ${how}`;
}

/** By SIDs, as names are other ones in each language, and variables in each shell. */
function icacls(file: string): string {
  const grants = [ownSid(), SYSTEM, ADMINISTRATORS].map((sid) => `*${sid}:F`);
  return `icacls "${file}" /inheritance:r /grant:r ${grants.join(" ")}`;
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
