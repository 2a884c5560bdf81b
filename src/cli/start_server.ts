import { PlatformError } from "../desktop/errors.ts";
import type { Logger } from "../log.ts";
import type { Passwords } from "../security/password_file.ts";
import type { Options } from "./options.ts";

/** A server that accepts viewers. */
export interface RunningServer {
  /** What it shares: the desktop's title. */
  readonly title: string;
  /** Where it listens, with the ports it really got. */
  readonly addresses: readonly { readonly hostname: string; readonly port: number }[];
  /** Rejects when the server can't go on by itself. */
  readonly failed: Promise<never>;
  /** Parts with the viewers and gives everything back. */
  close(): Promise<void>;
}

/**
 * Opens the desktop that the options ask for and shares it.
 * @param passwords What viewers need; undefined lets everybody in.
 * @throws {PlatformError} When there is no such desktop.
 * @throws {Deno.errors.AddrInUse} When the port is taken.
 */
export function startServer(
  _options: Options,
  _passwords: Passwords | undefined,
  _log: Logger,
): Promise<RunningServer> {
  return Promise.reject(new PlatformError("this build of vncd has no desktop to share"));
}
