import { messageOf } from "../log.ts";
import { CommandError } from "./failure.ts";
import type { Options } from "./options.ts";

/** Many systems keep the ports below this one for the administrator. */
const FIRST_FREE_PORT = 1024;

/** Says for a person why vncd can't listen where it was asked to. */
export function explainListening(
  error: unknown,
  { port, listen }: Pick<Options, "port" | "listen">,
): CommandError {
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
  const place = listen === undefined ? `port ${port}` : `${listen}, port ${port}`;
  return new CommandError(`can't listen at ${place}: ${messageOf(error)}`);
}
