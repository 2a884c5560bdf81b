import { promptSecret } from "@std/cli/prompt-secret";

/** Asks the person who started vncd. */
export interface Prompter {
  /** @returns The answer, which nobody sees; undefined when there is none to come. */
  secret(question: string): string | undefined;
  yesOrNo(question: string): boolean;
}

/** Asks at a terminal. */
const terminalPrompter: Prompter = {
  secret: (question) => promptSecret(question, { mask: "" }) ?? undefined,
  yesOrNo: (question) => /^y(es)?$/i.test(prompt(`${question} (y/n)`) ?? ""),
};

/**
 * Takes each answer from one line; what is on show at a terminal would only be noise.
 * @param readByte The next byte, undefined at the end.
 */
export function linePrompter(readByte: () => number | undefined): Prompter {
  const readLine = (): string | undefined => {
    const line: number[] = [];
    let byte = readByte();
    if (byte === undefined) return undefined;
    for (; byte !== undefined && byte !== 0x0a; byte = readByte()) line.push(byte);
    return new TextDecoder().decode(new Uint8Array(line)).replace(/\r$/, "");
  };
  return { secret: readLine, yesOrNo: () => /^y(es)?$/i.test(readLine() ?? "") };
}

/** Asks at the terminal, or reads standard input when that is a file or a pipe. */
export function standardPrompter(): Prompter {
  if (Deno.stdin.isTerminal()) return terminalPrompter;
  const byte = new Uint8Array(1);
  return linePrompter(() => Deno.stdin.readSync(byte) === 1 ? byte[0] : undefined);
}
