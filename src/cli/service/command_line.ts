import { fileURLToPath } from "node:url";
import { argumentName, OPTION_KEYS, optionOf, type Options } from "../options.ts";

/** The options that name files, which a service finds from another folder. */
const FILES = ["passwordFile", "users", "cert", "key", "logFile"] as const;

/** How a program is started that runs by Deno, or is compiled to one file. */
export interface OwnProgram {
  readonly executable: string;
  /** The file that Deno runs; undefined where the executable is all. */
  readonly script: string | undefined;
}

/** The files that a service with these options runs, reads and writes, by their full names. */
export function filesOf(
  { executable, script }: OwnProgram,
  options: Options,
  absolute: (file: string) => string,
): string[] {
  const named = FILES.map((key) => options[key]).filter((file) => file !== undefined);
  return [executable, ...script === undefined ? [] : [script], ...named.map(absolute)];
}

/** The program that runs now. */
export function ownProgram(): OwnProgram {
  return {
    executable: Deno.execPath(),
    script: Deno.build.standalone ? undefined : fileURLToPath(Deno.mainModule),
  };
}

/** Whether a script is a whole program in one file; as TypeScript it is one of many. */
export function isBundle(script: string): boolean {
  return script.endsWith(".js");
}

/**
 * Quotes an argument as Windows' programs take their command line apart: backslashes count only before a
 * quotation mark.
 */
export function quoteArgument(argument: string): string {
  if (/^[\w:\\/.,=@+-]+$/.test(argument)) return argument;
  return `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}

/** How Deno runs a script. Of a bundle no configuration counts: somebody could put one above it. */
const RUN = ["run", "--quiet", "--no-prompt", "--allow-all"];

/**
 * The command line that starts the program with some arguments. Files are always quoted: Windows would
 * take `C:\Program Files\vncd\vncd.exe` for `C:\Program.exe`, which somebody else may have put there.
 */
export function commandLine(program: OwnProgram, args: readonly string[]): string {
  const { executable, script } = program;
  const runner = script === undefined
    ? []
    : [...RUN, ...isBundle(script) ? ["--no-config"] : [], `"${script}"`];
  return [`"${executable}"`, ...runner, ...args.map(quoteArgument)].join(" ");
}

/**
 * Makes arguments of options again: of those that somebody has set, in the arguments or the environment.
 * @param absolute Makes a file's name one that is the same in every folder.
 */
export function argumentsOf(options: Options, absolute: (file: string) => string): string[] {
  return OPTION_KEYS.flatMap((key) => {
    const { fallback, argumentsOnly } = optionOf(key);
    const value = options[key];
    if (argumentsOnly || value === undefined || value === fallback) return [];
    const isFile = (FILES as readonly string[]).includes(key);
    return [`--${argumentName(key)}=${isFile ? absolute(String(value)) : String(value)}`];
  });
}
