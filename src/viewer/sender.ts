import { giveBack } from "../encodings/lent_memory.ts";
import type { Move } from "../frame/move.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";
import type { Region } from "../frame/region.ts";
import { concat } from "../rfb/concat.ts";
import type { Connection } from "../rfb/connection.ts";
import type { Fence } from "../rfb/fence.ts";
import { END_OF_CONTINUOUS_UPDATES, serverInit } from "../rfb/server_messages.ts";
import type { Rights } from "../security/rights.ts";
import { type AnnouncedDesktop, Announcements } from "./announcements/announcements.ts";
import { FenceAnswers } from "./fence_answers.ts";
import { Line } from "./flow/line.ts";
import { joined } from "./joined.ts";
import type { Pieces } from "./picture/frame_update.ts";
import { Picture } from "./picture/picture.ts";
import type { SharedDesktop } from "./shared_desktop.ts";
import { TIGHT_INTERACTION } from "./tight_interaction.ts";
import { isTurnOver, nextTurn } from "./turn.ts";
import type { Wishes } from "./wishes.ts";

/** Bytes that are collected before they are written. */
const WRITE_SIZE = 64 * 1024;

/** What is sent, and told. */
type SenderDesktop = AnnouncedDesktop & Pick<SharedDesktop, "look" | "encode">;

/**
 * Sends to one viewer, one message at a time, each when the connection has taken the one before.
 *
 * Nothing is queued: what waits to be sent is kept as state (a region, the newest clipboard text, a
 * flag), so that a slow viewer costs no memory and always gets what is newest.
 */
export class Sender {
  readonly #connection: Connection;
  /** What the viewer is to be told besides pixels. */
  readonly announcements: Announcements;
  readonly #desktop: SenderDesktop;
  readonly #failed: (error: unknown) => void;
  readonly #picture: Picture;
  readonly #line: Line;
  /** Whether the viewer has been told that there are continuous updates, as it is the first time it asks. */
  #announcesContinuousUpdates = false;
  #endOfContinuousUpdatesPending = false;
  readonly #fences = new FenceAnswers();
  /** Whether `#send` runs; until `init` has, it may not. */
  #sending = true;
  /** Whether a message is on its way. */
  #busy = true;
  /** Whether that is an update, and whether a part of it is with the connection now. */
  #updating = false;
  #writing = false;

  /**
   * @param rights What the viewer may do.
   * @param failed Told when the connection breaks.
   */
  constructor(
    connection: Connection,
    desktop: SenderDesktop,
    rights: Rights,
    failed: (error: unknown) => void,
  ) {
    this.#connection = connection;
    this.#desktop = desktop;
    this.#failed = failed;
    this.announcements = new Announcements(desktop, rights, () => this.#send());
    this.#picture = new Picture(desktop, this.announcements, () => this.#send());
    this.#line = new Line(() => this.#send());
  }

  /**
   * Sends ServerInit.
   * @param name The desktop's name.
   * @param byTight Whether the viewer came by security type Tight.
   * @throws {ConnectionClosed} When the viewer has gone.
   */
  async init(name: string, byTight: boolean): Promise<void> {
    const { width, height } = this.#picture.begin();
    const init = serverInit(width, height, name);
    await this.#connection.write(byTight ? concat([init, TIGHT_INTERACTION]) : init);
    this.#line.greeted();
    this.#sending = false;
    this.#busy = false;
    this.#send();
  }

  /** The viewer has gone. */
  close(): void {
    this.#picture.close();
    this.#line.close();
    this.#fences.close();
  }

  /** Whether the viewer waits for an update that could be sent now. */
  get waiting(): boolean {
    return this.#picture.wanted && !this.#busy && this.#line.budget > 0;
  }

  /** Whether an update is being made ready for the viewer, and not held up by the connection. */
  get catchingUp(): boolean {
    return this.#updating && !this.#writing;
  }

  /** A message of the viewer has come, whatever it is. */
  heard(): void {
    this.#line.heard();
  }

  /** SetPixelFormat: for everything from the next update on. */
  setFormat(format: PixelFormat): void {
    this.#picture.setFormat(format);
    this.announcements.setFormat(format);
  }

  /** SetEncodings: for everything from the next update on. */
  setWishes(wishes: Wishes): void {
    if (wishes.continuousUpdates && !this.#announcesContinuousUpdates) {
      this.#announcesContinuousUpdates = true;
      this.#endOfContinuousUpdatesPending = true;
    }
    this.#picture.setWishes(wishes);
    this.#line.setWishes(wishes);
    this.announcements.setWishes(wishes);
  }

  /** FramebufferUpdateRequest. */
  request(incremental: boolean, rect: Rect): void {
    this.#line.requested();
    this.#picture.request(incremental, rect);
    this.#send();
  }

  /** EnableContinuousUpdates; undefined disables them. */
  setContinuous(area: Rect | undefined): void {
    this.#picture.setContinuous(area);
    this.#endOfContinuousUpdatesPending ||= area === undefined;
    this.#send();
  }

  /**
   * Answers a ClientFence; settles when the answer is written, or never will be.
   * @throws {ProtocolError} When the viewer sends many and takes no answers.
   */
  answerFence(fence: Fence): Promise<void> {
    const written = this.#fences.add(fence);
    this.#send();
    return written;
  }

  /** The viewer answered a ServerFence. */
  fenceAnswered(fence: Fence): void {
    this.#line.answered(fence);
  }

  frameChanged(changed: Region, moves: readonly Move[]): void {
    this.#picture.frameChanged(changed, moves);
    this.#send();
  }

  /** Sends nothing yet: why it was replaced comes next, through the announcements' `layouts`. */
  frameReplaced(): void {
    this.#picture.frameReplaced();
  }

  /** Sends all that can be sent, unless that is being done already. */
  #send(): void {
    if (!this.#sending) this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    try {
      for (;;) {
        this.#busy = true;
        await this.#sendMessages();
        this.#busy = false;
        // So that what is sent is not older than what was asked for, if the screen may be looked at.
        if (this.waiting) this.#desktop.look();
        // An answer that is due now divides what came before it from this update.
        if (this.#fences.next !== undefined) continue;
        const update = this.#nextUpdate();
        if (update === undefined) break;
        this.#busy = true;
        this.#updating = true;
        await this.#writeUpdate(update);
        this.#updating = false;
      }
    } catch (error) {
      // It stays "sending": nothing more can be sent to this viewer.
      this.close();
      return this.#failed(error);
    }
    this.#sending = false;
    // Others may have waited for this.
    this.#desktop.look();
    if (this.#picture.wanted && this.#line.budget <= 0) this.#line.waitForRoom();
  }

  /** Sends everything that is no update. */
  async #sendMessages(): Promise<void> {
    for (;;) {
      const answer = this.#fences.next;
      const message = answer ?? this.#nextMessage();
      if (message === undefined) return;
      await this.#connection.write(message);
      if (answer !== undefined) this.#fences.written();
    }
  }

  /** Takes the next message that is no update out of the state. */
  #nextMessage(): Uint8Array | undefined {
    if (this.#endOfContinuousUpdatesPending) {
      this.#endOfContinuousUpdatesPending = false;
      return END_OF_CONTINUOUS_UPDATES;
    }
    return this.announcements.nextMessage() ?? this.#line.probe();
  }

  #nextUpdate(): Iterable<Pieces> | undefined {
    const { budget, quality } = this.#line;
    return budget > 0 ? this.#picture.nextUpdate(budget, quality) : undefined;
  }

  async #writeUpdate(update: Iterable<Pieces>): Promise<void> {
    let batch: Uint8Array[] = [];
    let size = 0;
    if (isTurnOver()) await nextTurn();
    for (const next of update) {
      const pieces = next instanceof Promise ? await next : next;
      for (const piece of pieces) {
        batch.push(piece);
        size += piece.length;
      }
      const turnOver = isTurnOver();
      if (size >= WRITE_SIZE || turnOver && size > 0) {
        const began = performance.now();
        await this.#write(batch);
        this.#line.sent(size, began);
        [batch, size] = [[], 0];
      }
      if (turnOver) await nextTurn();
    }
    const { sentLossy, sentShare } = this.#picture;
    const end = this.#line.endUpdate(size, sentLossy, sentShare);
    if (end !== undefined) batch.push(end);
    await this.#write(batch);
  }

  async #write(pieces: readonly Uint8Array[]): Promise<void> {
    for (const bytes of joined(pieces)) {
      this.#writing = true;
      await this.#connection.write(bytes);
      this.#writing = false;
      giveBack(bytes);
    }
  }
}
