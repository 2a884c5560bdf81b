/** How much the log says: each level includes those before it. */
export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;
export type LogLevel = typeof LOG_LEVELS[number];

/** Where a part of vncd reports what a person may want to know. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/** What went wrong, in the words of whoever threw it: an error's message, or what else was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Makes one line of a text, such as an error's stack, without control characters: in a peer's text they
 * could forge lines or drive the terminal that shows the log.
 */
function oneLine(text: string): string {
  const joined = text.trim().split("\n").map((line) => line.trim()).join(" | ");
  // deno-lint-ignore no-control-regex
  return joined.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, "?");
}

/**
 * A logger that writes a line for each message.
 * @param level The least important level that is still written.
 * @param write Receives each line, without its newline.
 */
export function createLogger(level: LogLevel, write: (line: string) => void): Logger {
  const most = LOG_LEVELS.indexOf(level);
  const at = (own: LogLevel) => (message: string): void => {
    if (LOG_LEVELS.indexOf(own) > most) return;
    write(`${new Date().toISOString()} ${own.padEnd(5)} ${oneLine(message)}`);
  };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}
