// Stand-in for @std/cli/prompt-secret, on Deno.stdin.

/** Options for {@linkcode promptSecret}. */
export interface PromptSecretOptions {
  /** What is shown for each character; "" shows nothing. */
  mask?: string;
}

const LF = 0x0a, CR = 0x0d, BACKSPACE = 0x08, DELETE = 0x7f;
const isContinuation = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xc0) === 0x80;

function readLine(show: (characters: number) => void): string {
  const byte = new Uint8Array(1);
  const line: number[] = [];
  while (Deno.stdin.readSync(byte) === 1 && byte[0] !== CR && byte[0] !== LF) {
    if (byte[0] === BACKSPACE || byte[0] === DELETE) {
      while (isContinuation(line.at(-1))) line.pop();
      line.pop();
    } else {
      line.push(byte[0]!);
    }
    show(line.filter((each) => !isContinuation(each)).length);
  }
  return new TextDecoder().decode(new Uint8Array(line));
}

/**
 * Asks for a line that isn't echoed.
 * @returns The line, or null when standard input is no terminal.
 */
export function promptSecret(message = "Secret", options: PromptSecretOptions = {}): string | null {
  if (!Deno.stdin.isTerminal()) return null;
  const { mask = "*" } = options;
  const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
  // Windows knows no cbreak mode, the one in which ctrl-C still interrupts.
  Deno.stdin.setRaw(true, { cbreak: Deno.build.os !== "windows" });
  try {
    // Only now, so that even who answers at once isn't echoed.
    write(`${message} `);
    return readLine((count) => mask && write(`\r\x1b[K${message} ${mask.repeat(count)}`));
  } finally {
    Deno.stdin.setRaw(false);
    write("\n");
  }
}
