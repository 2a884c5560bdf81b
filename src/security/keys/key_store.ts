import type { KeyObject } from "node:crypto";
import { join } from "node:path";
import { type Logger, messageOf } from "../../log.ts";
import {
  isAbsent,
  openToOthers,
  readSecretFile,
  reasonOf,
  replaceSecretFile,
} from "../secret_file.ts";
import { KeyFileError } from "./pem.ts";

/** More than any key or certificate. */
const MAX_SIZE = 64 * 1024;

/** Keeps keys and certificates from one start to the next; only till the end where it can't write. */
export class KeyStore {
  readonly #directory: string | undefined;
  readonly #log: Pick<Logger, "warn">;
  /** Whether it has been said that nothing can be kept. */
  #complained = false;

  /** @param directory Where the files are; undefined when there is no place for them. */
  constructor(directory: string | undefined, log: Pick<Logger, "warn">) {
    this.#directory = directory;
    this.#log = log;
  }

  /**
   * The key that was kept; undefined when there is none. One that is of no use isn't taken for none: a
   * new one in its place would make another machine of this one to everybody who knows it.
   * @param name The file's name, `rsa_key.pem`.
   * @param parse Throws where the text is of no use.
   * @throws {KeyFileError} When it can't be used; the message names the file and says what to do.
   */
  loadKey(name: string, parse: (text: string) => KeyObject): KeyObject | undefined {
    try {
      return this.#read(name, parse);
    } catch (error) {
      throw new KeyFileError(`${messageOf(error)}; move it away to have a new one made`);
    }
  }

  /**
   * What was kept and may be made anew; undefined when there is nothing, or nothing of use: there is a
   * warning then.
   */
  loadReplaceable<T>(name: string, parse: (text: string) => T): T | undefined {
    try {
      return this.#read(name, parse);
    } catch (error) {
      this.#log.warn(`${messageOf(error)}, so there will be another`);
      return undefined;
    }
  }

  /** @throws {KeyFileError} When there is something, but it can't be used. */
  #read<T>(name: string, parse: (text: string) => T): T | undefined {
    if (this.#directory === undefined) return undefined;
    const file = join(this.#directory, name);
    try {
      const { content, isOpenToOthers } = readSecretFile(file, MAX_SIZE);
      const value = parse(new TextDecoder().decode(content));
      if (isOpenToOthers) this.#log.warn(openToOthers(file));
      return value;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw new KeyFileError(`can't use ${file}: ${reasonOf(error)}`);
    }
  }

  /** Keeps something in place of what had that name, if that can be done. */
  save(name: string, text: string): void {
    if (this.#directory === undefined) {
      return this.#complain("there is no home directory to keep them in");
    }
    try {
      replaceSecretFile(join(this.#directory, name), text);
    } catch (error) {
      this.#complain(messageOf(error));
    }
  }

  #complain(reason: string): void {
    if (this.#complained) return;
    this.#complained = true;
    this.#log.warn(
      `vncd's keys are new at each start, so viewers can't recognise this machine: ${reason}`,
    );
  }
}
