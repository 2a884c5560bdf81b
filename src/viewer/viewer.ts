import { PIXEL_ENCODINGS } from "../encodings/table.ts";
import type { Move } from "../frame/move.ts";
import type { Region } from "../frame/region.ts";
import type { Logger } from "../log.ts";
import type { ByteSource } from "../rfb/byte_source.ts";
import { type ClientMessage, readClientMessage } from "../rfb/client_messages.ts";
import type { Connection } from "../rfb/connection.ts";
import { FENCE, type Fence, hasFlag } from "../rfb/fence.ts";
import type { Access } from "../security/security_type.ts";
import { ViewerInput } from "./input.ts";
import { Sender } from "./sender.ts";
import type { DesktopListener, SharedDesktop } from "./shared_desktop.ts";
import { isTurnOver, nextTurn } from "./turn.ts";
import { readWishes } from "./wishes.ts";

/** Encodings of a viewer's list that go into the log: a list may have 65535. */
const MAX_LOGGED = 50;

const NOTHING_NEGOTIATED = { extendedMouseButtons: false, extendedClipboard: false };

/** A viewer that has passed the handshake. */
export class Viewer implements DesktopListener {
  readonly peer: string;
  readonly access: Access;
  readonly #connection: Connection;
  readonly #source: ByteSource;
  readonly #desktop: SharedDesktop;
  readonly #log: Logger;
  readonly #input: ViewerInput;
  readonly #sender: Sender;
  /** A fence that is answered as soon as the next message has taken effect. */
  #syncNext: Fence | undefined;
  /** What ended it, if not the viewer. */
  #failure: unknown;

  /** @param source Reads the connection from behind the handshake on. */
  constructor(
    connection: Connection,
    source: ByteSource,
    access: Access,
    desktop: SharedDesktop,
    log: Logger,
  ) {
    this.peer = connection.peer;
    this.access = access;
    this.#connection = connection;
    this.#source = source;
    this.#desktop = desktop;
    this.#log = log;
    this.#input = new ViewerInput(desktop, this);
    this.#sender = new Sender(connection, desktop, (error) => {
      this.#failure = error;
      this.close();
    });
  }

  /**
   * Serves the viewer until it goes.
   * @param name The desktop's name.
   * @throws {ProtocolError} When it breaks the protocol.
   * @throws {ConnectionClosed} When it goes in the middle of a message, or takes nothing any more.
   */
  async run(name: string): Promise<void> {
    try {
      this.#desktop.join(this);
      await this.#sender.init(name);
      for (;;) {
        const message = await readClientMessage(this.#source, NOTHING_NEGOTIATED);
        if (message === undefined) break;
        // The fence before it may want it to take effect first.
        const fence = this.#syncNext;
        this.#syncNext = undefined;
        await this.#receive(message);
        if (fence !== undefined) await this.#answer(fence);
        if (isTurnOver()) await nextTurn();
      }
    } catch (error) {
      // Where sending broke, reading broke because the connection was closed for that.
      this.#failure ??= error;
    } finally {
      this.#input.release();
      this.#sender.close();
      this.#desktop.leave(this);
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Ends the connection, and with it `run`. */
  close(): void {
    this.#connection.close();
  }

  #receive(message: ClientMessage): void | Promise<void> {
    switch (message.type) {
      case "SetPixelFormat":
        return this.#sender.setFormat(message.format);
      case "SetEncodings":
        return this.#setEncodings(message.encodings);
      case "FramebufferUpdateRequest":
        return this.#sender.request(message.incremental, message.rect);
      case "KeyEvent":
        if (this.access === "control") this.#input.key(message.keysym, message.down);
        return;
      case "PointerEvent":
        if (this.access === "control") {
          this.#input.pointer(message.x, message.y, message.buttons);
        }
        return;
      case "ClientFence":
        return this.#fence(message.fence);
      case "EnableContinuousUpdates":
        return this.#sender.setContinuous(message.enable ? message.rect : undefined);
      case "ClientCutText":
        return this.#cutText(message.text);
      case "LongClientCutText":
        if (this.access === "control") {
          this.#log.warn(`${this.peer}: ${message.length} bytes of clipboard refused`);
        }
        return;
    }
  }

  #setEncodings(encodings: readonly number[]): void {
    const wishes = readWishes(encodings);
    const known = encodings.slice(0, MAX_LOGGED).join(" ");
    this.#log.debug(
      `${this.peer}: gets ${PIXEL_ENCODINGS.get(wishes.encoding)}, understands ${known}`,
    );
    this.#sender.setWishes(wishes);
  }

  #fence(fence: Fence): void | Promise<void> {
    if (!hasFlag(fence, FENCE.Request)) return this.#sender.fenceAnswered(fence);
    if (hasFlag(fence, FENCE.SyncNext)) this.#syncNext = fence;
    else return this.#answer(fence);
  }

  /** Answers a fence; only where the viewer wants it so does that hold up what comes behind it. */
  async #answer(fence: Fence): Promise<void> {
    const answered = this.#sender.answerFence(fence);
    if (hasFlag(fence, FENCE.BlockAfter)) await answered;
  }

  #cutText(text: string): void {
    if (this.access === "control") this.#desktop.setClipboard(text, this);
  }

  get waiting(): boolean {
    return this.#sender.waiting;
  }

  frameChanged(changed: Region, moves: readonly Move[]): void {
    this.#sender.frameChanged(changed, moves);
  }

  frameReplaced(): void {
    this.#sender.frameReplaced();
  }

  ledsChanged(): void {}

  pointerMoved(): void {}

  renamed(): void {}

  cursorChanged(): void {
    this.#sender.cursorChanged();
  }

  /** What is copied may be secret, so it goes to those only who could have copied it themselves. */
  clipboard(text: string): void {
    if (this.access === "control") this.#sender.cutText(text);
  }

  bell(): void {
    this.#sender.bell();
  }
}
