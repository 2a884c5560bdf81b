import { createLogger } from "../../log.ts";
import { startBanner } from "../banner.ts";
import { type Credentials, findCredentials } from "../credentials.ts";
import { whenConsoleCloses } from "../console_end.ts";
import { CommandError, EXIT_CODE } from "../failure.ts";
import type { Host } from "../host.ts";
import type { Options } from "../options.ts";
import { stopSignal } from "../signals.ts";
import { type RunningServer, startServer } from "../start_server.ts";
import { unforeseenError } from "../unforeseen.ts";

function bannerOf(
  server: RunningServer,
  { policy, passwords }: Credentials,
  { users, systemUsers, viewOnly }: Options,
): string {
  return startBanner({
    title: server.title,
    addresses: server.addresses,
    webAddresses: server.webAddresses,
    interfaces: Deno.networkInterfaces().map(({ address }) => address),
    policy,
    passwordSource: passwords,
    users,
    systemUsers,
    fingerprints: server.fingerprints,
    viewOnly,
  });
}

/** @throws {CommandError} When a password was made for whoever reads the banner, and nobody does. */
function checkBannerReader({ passwords }: Credentials, { noConsole }: Options): void {
  if (!noConsole || passwords.from !== "chance") return;
  throw new CommandError(
    "--no-console: nobody would see the random password; set a lasting one first: vncd passwd",
  );
}

/**
 * `vncd`: shares the desktop until a signal ends it.
 * @param warnings What the command line had to say, for the log.
 * @param ended Settles, with its reason, when somebody else wants it to end.
 */
export async function serve(
  options: Options,
  warnings: readonly string[],
  host: Host,
  ended?: Promise<string>,
): Promise<void> {
  const log = createLogger(options.logLevel, host.complain);
  for (const warning of warnings) log.warn(warning);
  // From the very start, so that a signal during it ends vncd as well as a later one.
  const signal = stopSignal();
  const error = unforeseenError();
  const { promise: closing, resolve: asked } = Promise.withResolvers<string>();
  ended?.then(asked);
  let server: RunningServer | undefined;
  const atOnce = (reason: string) => {
    log.info(`${reason}: closing at once`);
    server?.closeAtOnce();
    Deno.exit(EXIT_CODE.success);
  };
  using _console = whenConsoleCloses(() => atOnce("the console is closed"));
  try {
    const credentials = findCredentials(options, host.environment, log);
    checkBannerReader(credentials, options);
    const ending = { asked, atOnce };
    server = await startServer(options, credentials, host.environment, log, ending);
    try {
      host.print(bannerOf(server, credentials, options));
      const reason = await Promise.race([signal.received, error.occurred, closing]);
      log.info(`${reason}: closing`);
    } finally {
      // Whatever happened: keys held down and keycodes borrowed must not stay in the desktop.
      await server.close();
    }
  } finally {
    signal.dispose();
    error.dispose();
  }
}
