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
 * Makes one line of a text, such as an error's stack, without control characters, and without those that
 * turn the direction of writing or can't be seen: in a peer's text they could forge lines, drive the
 * terminal that shows the log, or make one name look like another.
 */
function oneLine(text: string): string {
  const joined = text.trim().split("\n").map((line) => line.trim()).join(" | ");
  return joined.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
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
