import { openDemoDesktop } from "../desktop/demo/demo_desktop.ts";
import type { Desktop } from "../desktop/desktop.ts";
import { StatusDesktop } from "../desktop/status/status_desktop.ts";
import { openX11Desktop } from "../desktop/x11/x11_desktop.ts";
import { encodeHere } from "../encodings/encode_here.ts";
import { openJpegCodec } from "../encodings/jpeg/open.ts";
import { WorkerPool } from "../encodings/pool/worker_pool.ts";
import { createEncoders } from "../encodings/table.ts";
import type { Logger } from "../log.ts";
import { isLoopback } from "../rfb/addresses.ts";
import { Gate } from "../security/gate.ts";
import { letsEverybodyIn } from "../security/policy.ts";
import { securityTypes } from "../security/table.ts";
import { DesktopHost } from "../server/desktop_host.ts";
import { Server } from "../server/server.ts";
import type { Fingerprints } from "./banner.ts";
import type { Credentials } from "./credentials.ts";
import { explainListening } from "./listening.ts";
import type { Options } from "./options.ts";

/** A server that accepts viewers. */
export interface RunningServer {
  /** What it shares: the desktop's title. */
  readonly title: string;
  /** Where it listens, with the ports it really got. */
  readonly addresses: readonly { readonly hostname: string; readonly port: number }[];
  /** Of the keys that viewers may ask about. */
  readonly fingerprints: Fingerprints;
  /** Parts with the viewers and gives everything back. */
  close(): Promise<void>;
}

/** How to open the desktop that the options ask for. */
function desktopOpener({ desktop, display }: Options, log: Logger): () => Desktop {
  const named = display ?? Deno.env.get("DISPLAY") ?? "";
  if (desktop === "demo" && display !== undefined) log.warn("--desktop demo: no display is used");
  const useX11 = desktop === "x11" || (desktop === "auto" && named !== "");
  return useX11 ? () => openX11Desktop({ display: named, log }) : () => openDemoDesktop();
}

/**
 * Where to accept viewers: where nobody is asked for anything, on this machine only, unless that is
 * said otherwise.
 */
function placeToListen(
  { listen }: Pick<Options, "listen">,
  { policy }: Pick<Credentials, "policy">,
  log: Logger,
): string | undefined {
  if (!letsEverybodyIn(policy)) return listen;
  if (listen === undefined) return "localhost";
  if (listen !== "localhost" && !isLoopback(listen)) {
    log.warn(`WHOEVER REACHES ${listen} GETS IN: nobody is asked for a password`);
  }
  return listen;
}

/**
 * Opens the desktop that the options ask for and shares it.
 * @param credentials What viewers need, and how they are asked for it.
 * @throws {PlatformError} When there is no such desktop.
 * @throws {CommandError} When vncd can't listen where they want it to.
 */
export async function startServer(
  options: Options,
  credentials: Credentials,
  log: Logger,
): Promise<RunningServer> {
  const jpeg = await openJpegCodec();
  const encoder = new WorkerPool({
    // The program's own file, so that it works in a bundle too; main.ts knows a Worker.
    startWorker: () => new Worker(Deno.mainModule, { type: "module", name: "encoding" }),
    here: encodeHere(createEncoders(jpeg)),
    log,
  });
  const source = {
    open: desktopOpener(options, log),
    openStatus: (reason: string, width: number, height: number) =>
      new StatusDesktop(width, height, [
        "The desktop is gone",
        reason,
        "vncd keeps you connected and shows it again as soon as it is back.",
      ]),
  };
  const desktop = new DesktopHost(source, encoder, log);
  const server = new Server({
    desktop,
    name: () => options.name ?? `${Deno.hostname()}: ${desktop.title}`,
    securityTypes: securityTypes(credentials.policy, { gate: new Gate(credentials.accounts) }),
    viewOnly: options.viewOnly,
    sharing: options.shared,
    maxViewers: options.maxViewers,
    log,
  });
  const listen = placeToListen(options, credentials, log);
  try {
    const addresses = server.listen(listen, options.port);
    log.info(`JPEG pictures are made by ${jpeg.name}`);
    return {
      title: desktop.title,
      addresses,
      fingerprints: {},
      close: async () => {
        await server.close();
        desktop.close();
        encoder.close();
      },
    };
  } catch (error) {
    desktop.close();
    encoder.close();
    throw explainListening(error, { listen, port: options.port });
  }
}
