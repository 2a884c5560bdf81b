import { openDemoDesktop } from "../desktop/demo/demo_desktop.ts";
import type { Desktop } from "../desktop/desktop.ts";
import { StatusDesktop } from "../desktop/status/status_desktop.ts";
import { type Ending, openWindowsDesktop } from "../desktop/windows/windows_desktop.ts";
import { openX11Desktop } from "../desktop/x11/x11_desktop.ts";
import { encodeHere } from "../encodings/encode_here.ts";
import { openJpegCodec } from "../encodings/jpeg/open.ts";
import { WorkerPool } from "../encodings/pool/worker_pool.ts";
import { createEncoders } from "../encodings/table.ts";
import type { Logger } from "../log.ts";
import { Attempts } from "../security/attempts/attempts.ts";
import { linuxSocketOwner } from "../security/attempts/socket_owner.ts";
import { Gate } from "../security/gate.ts";
import { inBrowser, type SecurityPolicy } from "../security/policy.ts";
import { type SecurityMeans, securityTypes } from "../security/table.ts";
import { askAtDesktop } from "../server/consent/at_desktop.ts";
import { commandConsent } from "../server/consent/command.ts";
import type { Consent } from "../server/consent/consent.ts";
import { DesktopHost, type DesktopSource } from "../server/desktop_host.ts";
import { Server, type ServerOptions } from "../server/server.ts";
import type { Credentials } from "./credentials.ts";
import { makeDoors } from "./doors.ts";
import { CommandError } from "./failure.ts";
import { type Fingerprints, openKeys } from "./keys.ts";
import { listen, type Listening } from "./listening.ts";
import type { Options } from "./options.ts";
import type { Environment } from "./parse.ts";

/** A server that accepts viewers. */
export interface RunningServer extends Listening {
  /** What it shares: the desktop's title. */
  readonly title: string;
  /** Of the keys that viewers may ask about. */
  readonly fingerprints: Fingerprints;
  /** Parts with the viewers and gives everything back. */
  close(): Promise<void>;
  /** The same without waiting for anything: right after it the process must end. */
  closeAtOnce(): void;
}

/**
 * How to open the desktop that the options ask for.
 * @param ending Is told when Windows wants vncd to end.
 * @throws {CommandError} When it is another system's: its libraries are not looked for here.
 */
export function desktopOpener(
  { desktop, display }: Options,
  log: Logger,
  ending?: Ending,
): () => Desktop {
  const isWindows = Deno.build.os === "windows";
  if (desktop === "windows" && !isWindows) {
    throw new CommandError("--desktop windows: this isn't Windows");
  }
  if (desktop === "x11" && isWindows) {
    throw new CommandError("--desktop x11: Windows has no X11 desktop");
  }
  if (desktop === "windows" || (desktop === "auto" && isWindows)) {
    return () => openWindowsDesktop({ log, ending });
  }
  const named = display ?? Deno.env.get("DISPLAY") ?? "";
  if (desktop === "demo" && display !== undefined) log.warn("--desktop demo: no display is used");
  const useX11 = desktop === "x11" || (desktop === "auto" && named !== "");
  return useX11 ? () => openX11Desktop({ display: named, log }) : () => openDemoDesktop();
}

function desktopSource(options: Options, log: Logger, ending: Ending): DesktopSource {
  return {
    open: desktopOpener(options, log, ending),
    openStatus: (reason, width, height) =>
      new StatusDesktop(width, height, [
        "The desktop is gone",
        reason,
        "vncd keeps you connected and shows it again as soon as it is back.",
      ]),
  };
}

/**
 * Who decides whether a viewer may come in; undefined when nobody does.
 * @throws {CommandError} When nobody can be asked.
 */
function consentOf(
  { accept }: Pick<Options, "accept">,
  desktop: DesktopHost,
  log: Logger,
): Consent | undefined {
  if (accept === undefined) return undefined;
  if (accept !== "ask") return commandConsent(accept, log);
  if (desktop.canAsk) return askAtDesktop(desktop);
  throw new CommandError(`--accept ask: there is nobody to ask at the ${desktop.title}`);
}

/** What viewers are offered, and what browsers are. */
function offersOf(
  policy: SecurityPolicy,
  means: SecurityMeans,
): Pick<ServerOptions, "securityTypes" | "typesInBrowsers"> {
  const inPrivate = securityTypes(inBrowser(policy, true), means);
  const inClear = securityTypes(inBrowser(policy, false), means);
  return {
    securityTypes: securityTypes(policy, means),
    typesInBrowsers: (isPrivate) => isPrivate ? inPrivate : inClear,
  };
}

/**
 * Opens the desktop that the options ask for and shares it.
 * @param credentials What viewers need, and how they are asked for it.
 * @param ending Is told when Windows wants vncd to end.
 * @throws {PlatformError} When there is no such desktop.
 * @throws {CommandError} When vncd can't listen where they want it to.
 */
export async function startServer(
  options: Options,
  credentials: Credentials,
  environment: Environment,
  log: Logger,
  ending: Ending,
): Promise<RunningServer> {
  const { policy, accounts } = credentials;
  const { fingerprints, ...keys } = await openKeys(policy, options, environment, log);
  const gate = new Gate(accounts, new Attempts({ ownerOf: linuxSocketOwner() }), log);
  const jpeg = await openJpegCodec();
  // What has been opened is closed, last first, whatever fails behind it.
  using opened = new DisposableStack();
  const encoder = opened.adopt(
    new WorkerPool({
      // The program's own file, so that it works in a bundle too; main.ts knows a Worker.
      startWorker: () => new Worker(Deno.mainModule, { type: "module", name: "encoding" }),
      here: encodeHere(createEncoders(jpeg)),
      log,
    }),
    (encoder) => encoder.close(),
  );
  const desktop = opened.adopt(
    new DesktopHost(desktopSource(options, log, ending), encoder, log),
    (desktop) => desktop.close(),
  );
  const doors = makeDoors(options, options.noWeb ? undefined : keys.tls, log);
  const server = new Server({
    desktop,
    name: () => options.name ?? `${Deno.hostname()}: ${desktop.title}`,
    ...offersOf(policy, { gate, ...keys }),
    isProxy: doors.isProxy,
    gate,
    consent: consentOf(options, desktop, log),
    viewOnly: options.viewOnly,
    sharing: options.shared,
    maxViewers: options.maxViewers,
    log,
  });
  const places = listen(server, doors, options, policy);
  log.info(`JPEG pictures are made by ${jpeg.name}`);
  const kept = opened.move();
  return {
    title: desktop.title,
    ...places,
    fingerprints,
    close: async () => {
      await server.close();
      kept.dispose();
    },
    closeAtOnce: () => {
      server.close();
      desktop.close();
    },
  };
}
