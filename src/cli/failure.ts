import { PlatformError } from "../desktop/errors.ts";
import { messageOf } from "../log.ts";
import { UsageError } from "./usage_error.ts";

/** vncd can't do what it was started for; `message` is one line for a person. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** What the process answers to whoever started it. */
export const EXIT_CODE = { success: 0, failure: 1, usage: 2 } as const;

/**
 * The line and the exit code for an error that ends vncd. The stack is for `debug` only, and only when
 * nobody foresaw the error.
 */
export function explain(error: unknown, debug: boolean): { message: string; exitCode: number } {
  if (error instanceof UsageError) return { message: error.message, exitCode: EXIT_CODE.usage };
  const exitCode = EXIT_CODE.failure;
  if (error instanceof CommandError || error instanceof PlatformError) {
    return { message: error.message, exitCode };
  }
  if (error instanceof Deno.errors.NotCapable) {
    return { message: `Deno doesn't permit it: ${error.message}; start it with -P`, exitCode };
  }
  const stack = debug && error instanceof Error ? `\n${error.stack}` : "";
  return { message: `unexpected error: ${messageOf(error).split("\n")[0]}${stack}`, exitCode };
}
