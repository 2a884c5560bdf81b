import { parseArgs } from "@std/cli/parse-args";
import { nearest } from "./nearest.ts";
import {
  argumentName,
  environmentName,
  OPTION_KEYS,
  type OptionKey,
  optionOf,
  type Options,
} from "./options.ts";
import { UsageError } from "./usage_error.ts";

/** What vncd was started for. */
export interface Invocation {
  readonly options: Options;
  readonly command: "serve" | typeof COMMANDS[number];
  /** What follows the command. */
  readonly operands: readonly string[];
  /** What looks like a mistake, but doesn't stop vncd. */
  readonly warnings: readonly string[];
}

/** The variables of a process, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const COMMANDS = ["passwd", "user", "doctor", "service"] as const;
const NAMES = OPTION_KEYS.map(argumentName);

function didYouMean(word: string, candidates: readonly string[], otherwise: string): string {
  const meant = nearest(word, candidates);
  return meant ? `did you mean ${meant}?` : otherwise;
}

function refuseUnknown(argument: string): never {
  const name = argument.split("=")[0]!;
  if (/^--?(pass|passwd|password)$/.test(name)) {
    throw new UsageError(
      "a password on the command line is there for everybody on this machine to read; " +
        "name a file that holds it with --password-file or VNCD_PASSWORD_FILE",
    );
  }
  const candidates = NAMES.map((each) => `--${each}`);
  const hint = didYouMean(`--${name.replace(/^-+/, "")}`, candidates, "see vncd --help");
  throw new UsageError(`unknown option ${name}; ${hint}`);
}

/** @param source Where the text is from: `--port`, `VNCD_PORT`. */
function parseValue(key: OptionKey, source: string, text: string): unknown {
  const { kind } = optionOf(key);
  const value = kind.parse(text);
  if (value === undefined) {
    const got = text === "" ? "nothing" : JSON.stringify(text);
    throw new UsageError(`${source} takes ${kind.accepts}, not ${got}`);
  }
  return value;
}

/**
 * Makes `--view-only=true` or `--view-only=false` of whatever a flag's value is, for parseArgs, to which
 * any other value means true.
 */
function spellFlags(args: readonly string[], flags: readonly OptionKey[]): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  return args.map((argument, i) => {
    const [name, ...values] = argument.split("=");
    const key = flags.find((each) => `--${argumentName(each)}` === name);
    if (i > end || key === undefined || values.length === 0) return argument;
    return `${name}=${parseValue(key, name!, values.join("="))}`;
  });
}

function parseEnvironment(environment: Environment): Partial<Record<OptionKey, unknown>> {
  const values: Partial<Record<OptionKey, unknown>> = {};
  for (const key of OPTION_KEYS) {
    const name = environmentName(key);
    const text = environment[name];
    if (text && !optionOf(key).argumentsOnly) values[key] = parseValue(key, name, text);
  }
  return values;
}

function unknownVariables(environment: Environment): string[] {
  const known = OPTION_KEYS.filter((key) => !optionOf(key).argumentsOnly).map(environmentName);
  return Object.keys(environment)
    .filter((name) => name.startsWith("VNCD_") && !known.includes(name))
    .map((name) =>
      `unknown environment variable ${name}; ${didYouMean(name, known, "see vncd --help")}`
    );
}

/** Options that are there for the page alone. */
const WEB_ONLY = ["webPort", "webNames"] as const;

function unusedOptions(options: Options): string[] {
  if (!options.noWeb) return [];
  return WEB_ONLY.filter((key) => options[key] !== undefined)
    .map((key) => `--no-web: there is no page for browsers, so --${argumentName(key)} isn't used`);
}

function parseCommand(words: readonly string[]): Pick<Invocation, "command" | "operands"> {
  const [word, ...operands] = words;
  if (word === undefined) return { command: "serve", operands: [] };
  const command = COMMANDS.find((each) => each === word);
  if (!command) {
    const hint = didYouMean(word, COMMANDS, "see vncd --help");
    throw new UsageError(`unknown command ${JSON.stringify(word)}; ${hint}`);
  }
  if (command === "passwd" && operands.length > 1) {
    throw new UsageError("vncd passwd takes one file at most");
  }
  if (command === "doctor" && operands.length > 0) {
    throw new UsageError("vncd doctor takes options only");
  }
  return { command, operands };
}

/**
 * Reads the command line and the environment; an argument counts more than a variable.
 * @param args The arguments without the program's name.
 * @throws {UsageError} When they say what vncd doesn't understand.
 */
export function parseCommandLine(args: readonly string[], environment: Environment): Invocation {
  const flags = OPTION_KEYS.filter((key) => optionOf(key).kind.argument === undefined);
  const parsed = parseArgs(spellFlags(args, flags), {
    boolean: flags.map(argumentName),
    string: ["_", ...OPTION_KEYS.filter((key) => !flags.includes(key)).map(argumentName)],
    alias: { help: "h" },
    default: Object.fromEntries(flags.map((key) => [argumentName(key), undefined])),
    unknown: (argument, key) => key === undefined || refuseUnknown(argument),
  });

  const values: Partial<Record<OptionKey, unknown>> = parseEnvironment(environment);
  for (const key of OPTION_KEYS) {
    const given = parsed[argumentName(key)];
    if (typeof given === "boolean") values[key] = given;
    if (typeof given === "string") values[key] = parseValue(key, `--${argumentName(key)}`, given);
    values[key] ??= optionOf(key).fallback;
  }
  const options = values as Options;
  return {
    options,
    ...parseCommand(parsed._.map(String)),
    warnings: [...unknownVariables(environment), ...unusedOptions(options)],
  };
}
