// Stand-in for @std/cli/parse-args: the few options in use, on node:util.

import { parseArgs as nodeParseArgs, type ParseArgsConfig } from "node:util";

/** What {@linkcode parseArgs} is told about the arguments. */
export interface ParseOptions {
  /** Names that take no value; false when not given and without a default. */
  boolean?: readonly string[];
  /** Names whose value stays text; `"_"` keeps the arguments without a name text, too. */
  string?: readonly string[];
  /** Other names, of one letter: `{ help: "h" }`. */
  alias?: Record<string, string>;
  /** Values of the names that are not given. */
  default?: Record<string, unknown>;
  /** Called for every argument that isn't declared; unless it returns false, the argument is kept. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** The values by name, and in `_` what has no name. */
export interface Args {
  [name: string]: unknown;
  _: Array<string | number>;
}

/** A string option is never followed by its value when a next option comes first: its value is "". */
function markMissingValues(args: string[], strings: readonly string[]): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  return args.map((arg, i) => {
    const isString = i < end && arg.startsWith("--") && strings.includes(arg.slice(2));
    const next = args[i + 1];
    return isString && (!next || next.startsWith("-")) ? `${arg}=` : arg;
  });
}

/** Sorts command line arguments into named values and the rest. */
export function parseArgs(args: string[], options: ParseOptions = {}): Args {
  const { boolean = [], string = [], alias = {}, unknown = () => true } = options;
  const declared: NonNullable<ParseArgsConfig["options"]> = {};
  for (const name of string) if (name !== "_") declared[name] = { type: "string" };
  for (const name of boolean) {
    const short = alias[name];
    declared[name] = short ? { type: "boolean", short } : { type: "boolean" };
  }
  const { tokens } = nodeParseArgs({
    args: markMissingValues(args, string),
    options: declared,
    strict: false,
    tokens: true,
  });

  const result: Args = { _: [] };
  for (const token of tokens) {
    if (token.kind === "positional") {
      const isText = string.includes("_") || token.value === "" || isNaN(Number(token.value));
      if (unknown(token.value) !== false) result._.push(isText ? token.value : Number(token.value));
    } else if (token.kind === "option") {
      const value = boolean.includes(token.name) ? token.value !== "false" : token.value ?? true;
      const known = token.name in declared;
      if (!known && unknown(args[token.index]!, token.name, value) === false) continue;
      result[token.name] = value;
      if (alias[token.name]) result[alias[token.name]!] = value;
    }
  }
  for (const [name, value] of Object.entries(options.default ?? {})) {
    if (!Object.hasOwn(result, name)) result[name] = value;
  }
  for (const name of boolean) if (!Object.hasOwn(result, name)) result[name] = false;
  return result;
}
