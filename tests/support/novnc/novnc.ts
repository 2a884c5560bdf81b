import { createTarget } from "./browser.ts";
import RFB from "@novnc/novnc";
import { NATIVE_FORMAT, type PixelFormat } from "../../../src/frame/pixel_format.ts";
import { serverInit } from "../../../src/rfb/server_messages.ts";
import type { Picture } from "../jpeg.ts";

/** The pixel format that noVNC asks every server for. */
export const NOVNC_FORMAT: PixelFormat = { ...NATIVE_FORMAT, redShift: 0, blueShift: 16 };

/** What noVNC's class offers (docs/API.md in its package), as far as it is used here. */
interface Api extends EventTarget {
  approveServer(): void;
  getImageData(): { width: number; height: number; data: Uint8ClampedArray };
}
const Client: new (
  target: unknown,
  channel: Channel,
  options: { credentials?: NoVncCredentials },
) => Api = RFB;

/** What noVNC knows of what it may be asked for. */
export interface NoVncCredentials {
  readonly username?: string;
  readonly password?: string;
}

/** What noVNC talks through in place of a WebSocket. */
class Channel {
  readonly protocol = "";
  readyState = "open";
  binaryType = "arraybuffer";
  onopen = () => {};
  onerror = () => {};
  onclose = (_event: { code: number }) => {};
  onmessage = (_message: { data: ArrayBuffer }) => {};
  /** Takes what noVNC sends. */
  readonly send: (bytes: Uint8Array) => void;

  constructor(send: (bytes: Uint8Array) => void) {
    this.send = send;
  }

  close(): void {
    this.readyState = "closed";
    // Later, as noVNC doesn't expect it before this returns.
    queueMicrotask(() => this.onclose({ code: 1000 }));
  }
}

/** noVNC as a viewer, all of it but the page and the WebSocket. */
export class NoVnc {
  readonly #channel: Channel;
  readonly #api: Api;
  /** Why the server let it not in, if so. */
  refusal: string | undefined;
  /** The public key that the server is known by, which a person would have to approve. */
  serverKey: Uint8Array<ArrayBuffer> | undefined;

  /** @param send Takes what it sends to the server; the bytes are its own only until it returns. */
  constructor(send: (bytes: Uint8Array) => void = () => {}, credentials?: NoVncCredentials) {
    this.#channel = new Channel(send);
    this.#api = new Client(createTarget(), this.#channel, { credentials });
    this.#api.addEventListener("securityfailure", (event) => {
      this.refusal = (event as CustomEvent<{ reason?: string }>).detail.reason ?? "";
    });
    this.#api.addEventListener("serververification", (event) => {
      this.serverKey =
        (event as CustomEvent<{ publickey: Uint8Array<ArrayBuffer> }>).detail.publickey;
      this.#api.approveServer();
    });
  }

  /** Takes it through the handshake, with a screen of that size. */
  enter(width: number, height: number): void {
    const greeting = new TextEncoder().encode("RFB 003.008\n");
    const [none, ok] = [Uint8Array.of(1, 1), new Uint8Array(4)];
    // One after the other: it takes no more than one message of the handshake at once.
    for (const message of [greeting, none, ok, serverInit(width, height, "")]) {
      this.receive(message);
    }
  }

  /**
   * Gives it bytes from the server; what they draw is drawn when this returns.
   * @throws {Error} When noVNC gives up on the server. It prints why.
   */
  receive(bytes: Uint8Array): void {
    this.#channel.onmessage({ data: bytes.slice().buffer });
    if (this.hasGivenUp) throw new Error("noVNC gives up");
  }

  /** Whether it has closed the connection. */
  get hasGivenUp(): boolean {
    return this.#channel.readyState === "closed";
  }

  /** What it shows; of size 0 before it has been let in. */
  get picture(): Picture {
    const { width, height, data } = this.#api.getImageData();
    const pixels = new Uint32Array(width * height);
    for (let i = 0; i < pixels.length; i++) {
      pixels[i] = data[i * 4]! << 16 | data[i * 4 + 1]! << 8 | data[i * 4 + 2]!;
    }
    return { width, height, pixels };
  }
}
