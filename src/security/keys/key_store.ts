import { join } from "node:path";
import { type Logger, messageOf } from "../../log.ts";
import { openToOthers, readSecretFile, reasonOf, replaceSecretFile } from "../secret_file.ts";

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
   * What was kept.
   * @param name The file's name, `rsa_key.pem`.
   * @param parse Throws where the text is of no use.
   * @returns Undefined when there is nothing, or nothing of use: there is a warning then.
   */
  load<T>(name: string, parse: (text: string) => T): T | undefined {
    if (this.#directory === undefined) return undefined;
    const file = join(this.#directory, name);
    try {
      const { content, isOpenToOthers } = readSecretFile(file, MAX_SIZE);
      const value = parse(new TextDecoder().decode(content));
      if (isOpenToOthers) this.#log.warn(openToOthers(file));
      return value;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      this.#log.warn(`can't use ${file}, so there will be another: ${reasonOf(error)}`);
      return undefined;
    }
  }

  /** Keeps something in place of what had that name, if that can be done. */
  save(name: string, text: string): void {
    if (this.#directory === undefined) return this.#complain("HOME isn't set");
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
