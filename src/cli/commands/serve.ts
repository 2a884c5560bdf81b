import { createLogger, type Logger } from "../../log.ts";
import { startBanner } from "../banner.ts";
import { CommandError } from "../failure.ts";
import type { Host } from "../host.ts";
import type { Options } from "../options.ts";
import { findPasswords, type PasswordSource } from "../password_source.ts";
import { stopSignal } from "../signals.ts";
import { type RunningServer, startServer } from "../start_server.ts";
import { unforeseenError } from "../unforeseen.ts";

/** Many systems keep the ports below this one for the administrator. */
const FIRST_FREE_PORT = 1024;

/** Makes of an error of the network one for a person; others stay as they are. */
function explainListening(error: unknown, { port, listen }: Options): unknown {
  if (error instanceof Deno.errors.AddrInUse) {
    return new CommandError(
      `port ${port} is already in use; choose another with --port, or any free one with --port 0`,
    );
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return new CommandError(`${listen} is no address of this machine; see --listen`);
  }
  if (error instanceof Deno.errors.PermissionDenied && port > 0 && port < FIRST_FREE_PORT) {
    return new CommandError(
      `this user may not use port ${port}; choose one from ${FIRST_FREE_PORT} with --port`,
    );
  }
  return error;
}

/** @throws {CommandError} When the server can't listen there. */
function start(options: Options, source: PasswordSource, log: Logger): RunningServer {
  try {
    return startServer(options, source.from === "nowhere" ? undefined : source.passwords, log);
  } catch (error) {
    throw explainListening(error, options);
  }
}

function bannerOf(server: RunningServer, source: PasswordSource, viewOnly: boolean): string {
  return startBanner({
    title: server.title,
    addresses: server.addresses,
    interfaces: Deno.networkInterfaces().map(({ address }) => address),
    passwordSource: source,
    viewOnly,
  });
}

/**
 * `vncd`: shares the desktop until a signal ends it.
 * @param warnings What the command line had to say, for the log.
 */
export async function serve(
  options: Options,
  warnings: readonly string[],
  host: Host,
): Promise<void> {
  const log = createLogger(options.logLevel, host.complain);
  for (const warning of warnings) log.warn(warning);
  // From the very start, so that a signal during it ends vncd as well as a later one.
  const signal = stopSignal();
  const error = unforeseenError();
  try {
    const source = findPasswords(options, host.environment, log.warn);
    const server = start(options, source, log);
    try {
      host.print(bannerOf(server, source, options.viewOnly));
      log.info(`${await Promise.race([signal.received, error.occurred])}: closing`);
    } finally {
      // Whatever happened: keys held down and keycodes borrowed must not stay in the desktop.
      await server.close();
    }
  } finally {
    signal.dispose();
    error.dispose();
  }
}
