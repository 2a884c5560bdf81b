import type { ClipboardContent } from "../desktop/desktop.ts";
import { RESIZE_RESULT } from "../encodings/pseudo_rectangles.ts";
import { PIXEL_ENCODINGS } from "../encodings/table.ts";
import type { Move } from "../frame/move.ts";
import type { Region } from "../frame/region.ts";
import type { Logger } from "../log.ts";
import type { ByteSource } from "../rfb/byte_source.ts";
import { type ClientMessage, readClientMessage } from "../rfb/client_messages.ts";
import type { Connection } from "../rfb/connection.ts";
import { bitsOf, type ClipboardMessage, inflateClipboard } from "../rfb/extended_clipboard.ts";
import { FENCE, type Fence, hasFlag } from "../rfb/fence.ts";
import type { PointerEvent } from "../rfb/pointer_event.ts";
import type { ScreenLayout } from "../rfb/screen.ts";
import type { XvpRequest } from "../rfb/xvp.ts";
import type { Rights } from "../security/rights.ts";
import type { Announcements } from "./announcements/announcements.ts";
import { PointerMotion } from "./announcements/pointer_motion.ts";
import { setDesktopSize } from "./announcements/set_desktop_size.ts";
import type { Admission } from "./handshake.ts";
import { ViewerInput } from "./input.ts";
import { Sender } from "./sender.ts";
import type { DesktopListener, SharedDesktop } from "./shared_desktop.ts";
import { isTurnOver, nextTurn } from "./turn.ts";
import { readWishes, type Wishes } from "./wishes.ts";

/** Encodings of a viewer's list that go into the log: a list may have 65535. */
const MAX_LOGGED = 50;

/** What those who only look may not send. */
type ActingMessage = Exclude<ClientMessage, {
  readonly type:
    | "SetPixelFormat"
    | "SetEncodings"
    | "FramebufferUpdateRequest"
    | "EnableContinuousUpdates"
    | "ClientFence"
    | "SetDesktopSize"
    | "SetScale";
}>;

/** What only those in control may send. */
type ControllingMessage = Exclude<ActingMessage, {
  readonly type: "ClientCutText" | "ExtendedClientCutText" | "LongClientCutText";
}>;

/** A viewer that has passed the handshake. */
export class Viewer implements DesktopListener {
  readonly peer: string;
  readonly rights: Rights;
  readonly #connection: Connection;
  readonly #source: ByteSource;
  readonly #byTight: boolean;
  readonly #desktop: SharedDesktop;
  readonly #log: Logger;
  readonly #input: ViewerInput;
  readonly #sender: Sender;
  readonly #announcements: Announcements;
  readonly #motion: PointerMotion;
  readonly #name: () => string;
  #wishes: Wishes = readWishes([]);
  /** What it has ever listed: from then on some messages are read in another way. */
  readonly #negotiated = { extendedMouseButtons: false, extendedClipboard: false };
  /** A fence that is answered as soon as the next message has taken effect. */
  #syncNext: Fence | undefined;
  /** Whether vncd ended the connection. */
  #closed = false;
  /** What ended it, if not the viewer. */
  #failure: unknown;

  /**
   * @param admission Its handshake.
   * @param rights What it may do.
   * @param name The desktop's name at the time of the call.
   */
  constructor(
    { connection, source, byTight }: Admission,
    rights: Rights,
    desktop: SharedDesktop,
    name: () => string,
    log: Logger,
  ) {
    this.peer = connection.peer;
    this.rights = rights;
    this.#connection = connection;
    this.#source = source;
    this.#byTight = byTight;
    this.#desktop = desktop;
    this.#name = name;
    this.#log = log;
    this.#input = new ViewerInput(desktop, this);
    this.#sender = new Sender(connection, desktop, rights, (error) => {
      this.#failure = error;
      connection.close();
    });
    this.#announcements = this.#sender.announcements;
    this.#motion = new PointerMotion((motion) => this.#announcements.setMotion(motion));
  }

  /**
   * Serves the viewer until it goes.
   * @throws {ProtocolError} When it breaks the protocol.
   * @throws {ConnectionClosed} When it goes in the middle of a message, or takes nothing any more.
   */
  async run(): Promise<void> {
    try {
      this.#desktop.join(this);
      await this.#sender.init(this.#name(), this.#byTight);
      for (;;) {
        if (isTurnOver()) await nextTurn();
        const message = await readClientMessage(this.#source, this.#negotiated);
        if (message === undefined) break;
        // Nothing of it is done any more, but only the end shows that the viewer knows why.
        if (this.#closed) continue;
        this.#sender.heard();
        const fence = this.#syncNext;
        this.#syncNext = undefined;
        // In one go, so that no update gets between what takes effect and the fence that marks it.
        const received = this.#receive(message);
        const answered = fence && this.#answer(fence);
        if (received ?? answered) await Promise.all([received, answered]);
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

  /**
   * Ends the connection, and with it `run`.
   * @param reason Why it is sent away, where it is to stay away.
   */
  close(reason?: string): void {
    this.#closed = true;
    this.#connection.close(reason);
  }

  #receive(message: ClientMessage): void | Promise<void> {
    switch (message.type) {
      case "SetPixelFormat":
        return this.#sender.setFormat(message.format);
      case "SetEncodings":
        return this.#setEncodings(message.encodings);
      case "FramebufferUpdateRequest":
        return this.#sender.request(message.incremental, message.rect);
      case "SetDesktopSize":
        return this.#setDesktopSize(message.layout);
      case "EnableContinuousUpdates":
        return this.#sender.setContinuous(message.enable ? message.rect : undefined);
      case "ClientFence":
        return this.#fence(message.fence);
      case "SetScale":
        // Whatever it says, the picture stays as it is: vncd scales nothing.
        return;
      default:
        return this.#act(message);
    }
  }

  /** What needs a right of its own. */
  #act(message: ActingMessage): void {
    switch (message.type) {
      case "ClientCutText":
        if (this.rights.clipboardIn) this.#desktop.setClipboard({ text: message.text }, this);
        return;
      case "ExtendedClientCutText":
        return this.#exchangeClipboard(message.message);
      case "LongClientCutText":
        return this.#log.warn(`${this.peer}: ${message.length} bytes of clipboard refused`);
      default:
        if (this.rights.control) this.#control(message);
    }
  }

  #control(message: ControllingMessage): void {
    switch (message.type) {
      case "KeyEvent":
        return this.#input.key(message.keysym, message.down);
      case "QEMUExtendedKeyEvent":
        return this.#input.key(message.keysym, message.down, message.keycode);
      case "PointerEvent":
        return this.#pointer(message);
      case "xvp":
        return this.#power(message.request);
    }
  }

  #setEncodings(encodings: readonly number[]): void {
    const wishes = readWishes(encodings);
    const known = encodings.slice(0, MAX_LOGGED).join(" ");
    this.#log.debug(
      `${this.peer}: gets ${PIXEL_ENCODINGS.get(wishes.encoding)}, understands ${known}`,
    );
    this.#wishes = wishes;
    this.#negotiated.extendedMouseButtons ||= wishes.extendedMouseButtons;
    this.#negotiated.extendedClipboard ||= wishes.extendedClipboard;
    this.#sender.setWishes(wishes);
  }

  #pointer({ x, y, buttons }: PointerEvent): void {
    const motion = this.#motion.received({ x, y });
    if (motion === undefined) this.#input.pointer(x, y, buttons);
    else this.#input.movePointer(motion.dx, motion.dy, buttons);
  }

  #exchangeClipboard(message: ClipboardMessage): void {
    const provided = this.#announcements.clipboard.receive(message);
    if (provided === undefined) return;
    const wanted = bitsOf(this.#desktop.clipboardFormats);
    const { content, isCut } = inflateClipboard(provided, wanted);
    if (isCut) this.#log.warn(`${this.peer}: too long a clipboard refused`);
    if (Object.keys(content).length > 0) this.#desktop.setClipboard(content, this);
  }

  #setDesktopSize(layout: ScreenLayout): void {
    // Who doesn't know ExtendedDesktopSize can't have been told that there is such a message.
    if (!this.#wishes.extendedDesktopSize) return;
    const result = this.rights.control
      ? setDesktopSize(layout, this.#desktop, this)
      : RESIZE_RESULT.prohibited;
    this.#announcements.layouts.answer(result, layout);
  }

  #power({ version, operation }: XvpRequest): void {
    if (!this.#wishes.xvp) return;
    const done = operation !== undefined && this.#desktop.power(operation);
    if (done) this.#log.warn(`${this.peer}: asked for a ${operation} of this machine`);
    else this.#announcements.xvpFailed(version);
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

  get waiting(): boolean {
    return this.#sender.waiting;
  }

  get catchingUp(): boolean {
    return this.#sender.catchingUp;
  }

  frameChanged(changed: Region, moves: readonly Move[]): void {
    this.#sender.frameChanged(changed, moves);
  }

  frameReplaced(by?: DesktopListener): void {
    this.#sender.frameReplaced();
    // The viewer itself gets an answer to its SetDesktopSize.
    if (by !== this) this.#announcements.layouts.layoutChanged(by !== undefined);
  }

  cursorChanged(): void {
    this.#motion.cursorChanged(this.#desktop.cursor);
    this.#announcements.cursorChanged();
  }

  ledsChanged(): void {
    this.#announcements.ledsChanged();
  }

  pointerMoved(warped: boolean): void {
    if (warped && this.#wishes.qemuPointerMotionChange) {
      this.#motion.warped(this.#desktop.pointerPosition, this.#desktop.cursor);
    }
    this.#announcements.pointerMoved(warped);
  }

  renamed(): void {
    this.#announcements.renamed(this.#name());
  }

  /** What is copied may be secret, so it goes to those only who could have copied it themselves. */
  clipboard(content: ClipboardContent): void {
    this.#announcements.clipboard.offer(content);
  }

  bell(): void {
    this.#announcements.bell();
  }
}
