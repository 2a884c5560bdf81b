import { PSEUDO_ENCODING } from "../encodings/ids.ts";
import { ZlibStreams } from "../encodings/zlib_stream.ts";
import { COLOUR_MAP } from "../frame/colour_map.ts";
import type { Move } from "../frame/move.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";
import type { Region } from "../frame/region.ts";
import type { Connection } from "../rfb/connection.ts";
import {
  BELL,
  framebufferUpdate,
  rectangle,
  serverCutText,
  serverInit,
  setColourMapEntries,
} from "../rfb/server_messages.ts";
import { writeFrameUpdate } from "./frame_update.ts";
import type { SharedDesktop } from "./shared_desktop.ts";
import { isTurnOver, nextTurn } from "./turn.ts";
import { UpdateState } from "./update_state.ts";
import { readWishes, type Wishes } from "./wishes.ts";

/** A message, in small pieces. */
type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Bytes that are collected before they are written. */
const WRITE_SIZE = 64 * 1024;

/**
 * Sends to one viewer, one message at a time, each when the connection has taken the one before.
 *
 * Nothing is queued: what waits to be sent is kept as state (a region, the newest clipboard text, a
 * flag), so that a slow viewer costs no memory and always gets what is newest.
 */
export class Sender {
  readonly #connection: Connection;
  readonly #desktop: Pick<SharedDesktop, "frame" | "cursor" | "look" | "encode">;
  readonly #failed: (error: unknown) => void;
  readonly #streams = new ZlibStreams();
  readonly #updates = new UpdateState();
  #format: PixelFormat = NATIVE_FORMAT;
  #wishes: Wishes = readWishes([]);

  #colourMapPending = false;
  #bellPending = false;
  #cutTextPending: string | undefined;
  #cursorPending = false;
  /** Whether `#send` runs; until `init` has, it may not. */
  #sending = true;
  /** Whether a message is on its way. */
  #busy = true;

  /** @param failed Told when the connection breaks. */
  constructor(
    connection: Connection,
    desktop: Pick<SharedDesktop, "frame" | "cursor" | "look" | "encode">,
    failed: (error: unknown) => void,
  ) {
    this.#connection = connection;
    this.#desktop = desktop;
    this.#failed = failed;
  }

  /**
   * Sends ServerInit: the frame's present size is what the viewer will take its framebuffer to be.
   * @param name The desktop's name.
   * @throws {ConnectionClosed} When the viewer has gone.
   */
  async init(name: string): Promise<void> {
    const { bounds } = this.#desktop.frame;
    this.#updates.resize(bounds);
    await this.#connection.write(serverInit(bounds.width, bounds.height, name));
    this.#sending = false;
    this.#busy = false;
    this.#send();
  }

  /** Whether the viewer waits for an update that could be sent now. */
  get waiting(): boolean {
    return this.#updates.wanted && !this.#busy;
  }

  /** SetPixelFormat: for everything from the next update on. */
  setFormat(format: PixelFormat): void {
    this.#format = format;
    this.#colourMapPending = !format.trueColour;
    this.#send();
  }

  /** SetEncodings: for everything from the next update on. */
  setWishes(wishes: Wishes): void {
    this.#wishes = wishes;
    this.#cursorPending = wishes.cursor;
    this.#send();
  }

  /** FramebufferUpdateRequest. */
  request(incremental: boolean, rect: Rect): void {
    this.#updates.request(incremental, rect);
    this.#send();
  }

  frameChanged(changed: Region, moves: readonly Move[]): void {
    this.#updates.frameChanged(changed, moves, this.#wishes.copyRect);
    this.#send();
  }

  frameReplaced(): void {
    this.#updates.invalidate();
    this.#send();
  }

  cursorChanged(): void {
    this.#cursorPending = this.#wishes.cursor;
    this.#send();
  }

  cutText(text: string): void {
    this.#cutTextPending = text;
    this.#send();
  }

  bell(): void {
    this.#bellPending = true;
    this.#send();
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
    if (this.#colourMapPending) {
      this.#colourMapPending = false;
      return [setColourMapEntries(COLOUR_MAP)];
    }
    if (this.#bellPending) {
      this.#bellPending = false;
      return [BELL];
    }
    if (this.#cutTextPending !== undefined) {
      const message = serverCutText(this.#cutTextPending);
      this.#cutTextPending = undefined;
      return [message];
    }
    return this.#updates.wanted ? this.#nextUpdate() : undefined;
  }

  #nextUpdate(): Pieces | undefined {
    const { frame } = this.#desktop;
    const { width, height } = this.#updates.bounds;
    if (this.#wishes.desktopSize && (frame.width !== width || frame.height !== height)) {
      this.#updates.resize(frame.bounds);
      // Alone in its update, as some viewers drop what comes with it (DesktopSize in the spec).
      return [framebufferUpdate(1), rectangle(frame.bounds, PSEUDO_ENCODING.DesktopSize)];
    }
    const cursor = this.#cursorPending ? this.#desktop.cursor : undefined;
    const plan = this.#updates.next({ always: cursor !== undefined });
    if (plan === undefined) return undefined;
    this.#cursorPending = false;
    const { encoding, settings, lastRect } = this.#wishes;
    return writeFrameUpdate({
      ...plan,
      desktop: this.#desktop,
      cursor,
      coding: { encoding, format: this.#format, settings },
      lastRect,
      streams: this.#streams,
    });
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
    this.#updates.sent();
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
