import { openDemoDesktop } from "../desktop/demo/demo_desktop.ts";
import type { Desktop } from "../desktop/desktop.ts";
import { StatusDesktop } from "../desktop/status/status_desktop.ts";
import { openX11Desktop } from "../desktop/x11/x11_desktop.ts";
import { encodeHere } from "../encodings/encode_here.ts";
import { openJpegCodec } from "../encodings/jpeg/open.ts";
import { WorkerPool } from "../encodings/pool/worker_pool.ts";
import { createEncoders } from "../encodings/table.ts";
import type { Logger } from "../log.ts";
import { SharedPasswords } from "../security/accounts/shared_passwords.ts";
import { Gate } from "../security/gate.ts";
import { none } from "../security/none.ts";
import type { Passwords } from "../security/accounts/password_file.ts";
import { VncAuth } from "../security/vnc_auth.ts";
import { DesktopHost } from "../server/desktop_host.ts";
import { Server } from "../server/server.ts";
import { explainListening } from "./listening.ts";
import type { Options } from "./options.ts";

/** A server that accepts viewers. */
export interface RunningServer {
  /** What it shares: the desktop's title. */
  readonly title: string;
  /** Where it listens, with the ports it really got. */
  readonly addresses: readonly { readonly hostname: string; readonly port: number }[];
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
 * Opens the desktop that the options ask for and shares it.
 * @param passwords What viewers need; undefined lets everybody in.
 * @throws {PlatformError} When there is no such desktop.
 * @throws {CommandError} When vncd can't listen where they want it to.
 */
export async function startServer(
  options: Options,
  passwords: Passwords | undefined,
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
    securityTypes: passwords === undefined
      ? [none]
      : [new VncAuth(new Gate(new SharedPasswords(passwords)))],
    viewOnly: options.viewOnly,
    sharing: options.shared,
    maxViewers: options.maxViewers,
    log,
  });
  try {
    const addresses = server.listen(options.listen, options.port);
    log.info(`JPEG pictures are made by ${jpeg.name}`);
    return {
      title: desktop.title,
      addresses,
      close: async () => {
        await server.close();
        desktop.close();
        encoder.close();
      },
    };
  } catch (error) {
    desktop.close();
    encoder.close();
    throw explainListening(error, options);
  }
}
