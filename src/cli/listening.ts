import { messageOf } from "../log.ts";
import type { Endpoint } from "../rfb/connection.ts";
import { letsEverybodyIn, type SecurityPolicy } from "../security/policy.ts";
import type { Door, Server } from "../server/server.ts";
import type { Doors } from "./doors.ts";
import { CommandError } from "./failure.ts";
import { argumentName, type Options } from "./options.ts";

/** Many systems keep the ports below this one for the administrator. */
const FIRST_FREE_PORT = 1024;

/** Where a server listens, with the ports that it really got. */
export interface Listening {
  /** For viewers. */
  readonly addresses: readonly Endpoint[];
  /** For browsers; none where there is no page. */
  readonly webAddresses: readonly Endpoint[];
}

type ListenOptions = Pick<Options, "listen" | "port" | "noWeb" | "webPort">;

/**
 * Lets a server listen where the options say.
 * @throws {CommandError} When it can't; it listens nowhere then.
 */
export function listen(
  server: Server,
  doors: Doors,
  options: ListenOptions,
  policy: SecurityPolicy,
): Listening {
  const { port, noWeb, webPort } = options;
  // Where nobody is asked for anything, on this machine only, unless that is said otherwise.
  const place = options.listen ?? (letsEverybodyIn(policy) ? "localhost" : undefined);
  const listenAt = (option: "port" | "webPort", port: number, door: Door) => {
    try {
      return server.listen(place, port, door);
    } catch (error) {
      server.close();
      throw explainListening(error, place, port, argumentName(option));
    }
  };
  const addresses = listenAt("port", port, doors.viewers);
  if (webPort === undefined || doors.browsers === undefined) {
    return { addresses, webAddresses: noWeb ? [] : addresses };
  }
  return { addresses, webAddresses: listenAt("webPort", webPort, doors.browsers) };
}

/** Says for a person why vncd can't listen where it was asked to. */
function explainListening(
  error: unknown,
  place: string | undefined,
  port: number,
  option: string,
): CommandError {
  if (error instanceof Deno.errors.AddrInUse) {
    return new CommandError(
      `port ${port} is already in use; choose another with --${option}, ` +
        `or any free one with --${option} 0`,
    );
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return new CommandError(`${place} is no address of this machine; see --listen`);
  }
  if (error instanceof Deno.errors.PermissionDenied && port > 0 && port < FIRST_FREE_PORT) {
    return new CommandError(
      `this user may not use port ${port}; choose one from ${FIRST_FREE_PORT} with --${option}`,
    );
  }
  const where = place === undefined ? `port ${port}` : `${place}, port ${port}`;
  return new CommandError(`can't listen at ${where}: ${messageOf(error)}`);
}
