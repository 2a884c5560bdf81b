import type { Move } from "../frame/move.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";
import type { Region } from "../frame/region.ts";
import type { Connection } from "../rfb/connection.ts";
import { serverInit } from "../rfb/server_messages.ts";
import { type AnnouncedDesktop, Announcements } from "./announcements.ts";
import { Picture, type Pieces } from "./picture.ts";
import type { SharedDesktop } from "./shared_desktop.ts";
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

  /** Whether `#send` runs; until `init` has, it may not. */
  #sending = true;
  /** Whether a message is on its way. */
  #busy = true;

  /**
   * @param control Whether the viewer may do more than look.
   * @param failed Told when the connection breaks.
   */
  constructor(
    connection: Connection,
    desktop: SenderDesktop,
    control: boolean,
    failed: (error: unknown) => void,
  ) {
    this.#connection = connection;
    this.#desktop = desktop;
    this.#failed = failed;
    this.announcements = new Announcements(desktop, control, () => this.#send());
    this.#picture = new Picture(desktop, this.announcements, () => this.#send());
  }

  /**
   * Sends ServerInit.
   * @param name The desktop's name.
   * @throws {ConnectionClosed} When the viewer has gone.
   */
  async init(name: string): Promise<void> {
    const { width, height } = this.#picture.begin();
    await this.#connection.write(serverInit(width, height, name));
    this.#sending = false;
    this.#busy = false;
    this.#send();
  }

  /** The viewer has gone. */
  close(): void {
    this.#picture.close();
  }

  /** Whether the viewer waits for an update that could be sent now. */
  get waiting(): boolean {
    return this.#picture.wanted && !this.#busy;
  }

  /** SetPixelFormat: for everything from the next update on. */
  setFormat(format: PixelFormat): void {
    this.#picture.setFormat(format);
    this.announcements.setFormat(format);
  }

  /** SetEncodings: for everything from the next update on. */
  setWishes(wishes: Wishes): void {
    this.#picture.setWishes(wishes);
    this.announcements.setWishes(wishes);
  }

  /** FramebufferUpdateRequest. */
  request(incremental: boolean, rect: Rect): void {
    this.#picture.request(incremental, rect);
    this.#send();
  }

  frameChanged(changed: Region, moves: readonly Move[]): void {
    this.#picture.frameChanged(changed, moves);
    this.#send();
  }

  /** The announcements' `layouts` tell why. */
  frameReplaced(): void {
    this.#picture.frameReplaced();
  }

  /** Sends all that can be sent, unless that is being done already. */
  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (;;) {
        // So that what is sent is not older than what was asked for, if the screen may be looked at.
        if (this.waiting) this.#desktop.look();
        const pieces = this.#next();
        if (pieces === undefined) break;
        this.#busy = true;
        await this.#write(pieces);
        this.#busy = false;
      }
    } catch (error) {
      // It stays "sending": nothing more can be sent to this viewer.
      return this.#failed(error);
    }
    this.#sending = false;
  }

  /** Takes the next message out of the state. */
  #next(): Pieces | undefined {
    const message = this.announcements.nextMessage();
    return message === undefined ? this.#picture.nextUpdate(Infinity) : [message];
  }

  async #write(pieces: Pieces): Promise<void> {
    let batch: Uint8Array[] = [];
    let size = 0;
    if (isTurnOver()) await nextTurn();
    for await (const piece of pieces) {
      batch.push(piece);
      size += piece.length;
      const turnOver = isTurnOver();
      if (size < WRITE_SIZE && !turnOver) continue;
      await this.#connection.write(concat(batch, size));
      [batch, size] = [[], 0];
      if (turnOver) await nextTurn();
    }
    if (size > 0) await this.#connection.write(concat(batch, size));
  }
}

function concat(pieces: readonly Uint8Array[], size: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const joined = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
