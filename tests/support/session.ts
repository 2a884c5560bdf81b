import type { Desktop } from "../../src/desktop/desktop.ts";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { RectEncoder } from "../../src/encodings/encoding.ts";
import { translatorFor } from "../../src/frame/translator.ts";
import { createLogger } from "../../src/log.ts";
import { none } from "../../src/security/none.ts";
import { DesktopHost } from "../../src/server/desktop_host.ts";
import { type Door, Server, type ServerOptions } from "../../src/server/server.ts";
import { ENCODERS } from "./encoders.ts";
import { FakeDesktop } from "./fake_desktop.ts";
import { connectionPair } from "./memory_connection.ts";
import { type Login, TestViewer } from "./test_viewer.ts";

/** A server on a desktop, a fake one as a rule, and viewers connected to it through memory. */
export class Session<D extends Desktop = FakeDesktop> implements AsyncDisposable {
  readonly desktop: D;
  readonly host: DesktopHost;
  readonly log: string[] = [];
  readonly server: Server;
  readonly #served: Promise<void>[] = [];

  constructor(
    options: Partial<ServerOptions> = {},
    desktop: D = new FakeDesktop() as Desktop as D,
    openStatus: (reason: string, width: number, height: number) => Desktop = (_, width, height) =>
      new FakeDesktop(width, height),
    encoder: RectEncoder = encodeHere(ENCODERS),
  ) {
    this.desktop = desktop;
    const log = createLogger("debug", (line) => this.log.push(line));
    this.host = new DesktopHost({ open: () => desktop, openStatus }, encoder, log);
    let now = 0;
    this.server = new Server({
      desktop: this.host,
      name: () => "test",
      securityTypes: [none],
      viewOnly: false,
      sharing: "client",
      maxViewers: 10,
      log,
      // Viewers come as seldom as they should, however fast the test is.
      now: () => now += 1000,
      ...options,
    });
  }

  /** A viewer that has not said anything yet, at an address. */
  connect(capacity?: number, from?: string, door?: Door): TestViewer {
    const [server, client] = connectionPair(capacity, from);
    this.#served.push(this.server.serve(server, door));
    return new TestViewer(client);
  }

  /** A viewer behind its handshake. */
  async viewer(login?: Login, capacity?: number): Promise<TestViewer> {
    const viewer = this.connect(capacity);
    await viewer.login(login);
    return viewer;
  }

  /** Waits until a line of the log holds `text`. */
  async untilLogged(text: string): Promise<void> {
    for (let i = 0; i < 1000 && !this.logged(text); i++) await turn();
    if (!this.logged(text)) throw new Error(`not in the log: ${text}\n${this.log.join("\n")}`);
  }

  /** Whether a line of the log holds `text`. */
  logged(text: string): boolean {
    return this.log.some((line) => line.includes(text));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
    await Promise.all(this.#served);
    this.host.close();
  }
}

/** Whether a viewer sees exactly what a desktop shows, as far as its pixel format can show it. */
export function sees({ picture, format }: TestViewer, { screen }: Desktop): boolean {
  if (picture.width !== screen.width || picture.height !== screen.height) return false;
  const expected = translatorFor(format).values(screen, screen.bounds);
  return expected.every((value, i) => value === picture.pixels[i]);
}

/** Lets everything that is ready to run have its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
