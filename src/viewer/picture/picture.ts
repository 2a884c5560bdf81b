import type { EncodedRect, EncodeSettings, PixelCoding } from "../../encodings/encoding.ts";
import { desktopSize } from "../../encodings/pseudo_rectangles.ts";
import { ZlibStreams } from "../../encodings/zlib_streams.ts";
import type { Move } from "../../frame/move.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../frame/pixel_format.ts";
import type { Rect } from "../../frame/rect.ts";
import type { Region } from "../../frame/region.ts";
import { framebufferUpdate } from "../../rfb/server_messages.ts";
import type { Announcements } from "../announcements/announcements.ts";
import type { SharedDesktop } from "../shared_desktop.ts";
import { readWishes, type Wishes } from "../wishes.ts";
import { type Pieces, type PixelPart, writeFrameUpdate } from "./frame_update.ts";
import { PixelCost } from "./pixel_cost.ts";
import { UpdateState } from "./update_state.ts";

/** Milliseconds without a change after which what was sent lossy is sent exactly, or twice as many. */
const SETTLE_TIME = 100;

/** Pixels that are sent exactly again in one update, so that what changes meanwhile comes soon. */
const MAX_REFRESH = 256 * 1024;

/** The part of what the line takes that sending again may have while other things change all the time. */
const REFRESH_SHARE = 1 / 8;

/** One viewer's picture of the desktop: what it needs, how it gets it, and each next update. */
export class Picture {
  readonly #desktop: Pick<SharedDesktop, "frame" | "encode">;
  readonly #announcements: Announcements;
  /** Told when there may be something to send though nothing has changed. */
  readonly #settled: () => void;
  readonly #streams = new ZlibStreams();
  readonly #state = new UpdateState();
  readonly #cost = new PixelCost();
  readonly #exactCost = new PixelCost();
  #format: PixelFormat = NATIVE_FORMAT;
  #wishes: Wishes = readWishes([]);
  #coding = codingFor(this.#format, this.#wishes, this.#wishes.settings.quality);
  #exactCoding = codingFor(this.#format, this.#wishes, undefined);
  #sentLossy = false;
  #sentShare = 1;
  #settleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    desktop: Pick<SharedDesktop, "frame" | "encode">,
    announcements: Announcements,
    settled: () => void,
  ) {
    this.#desktop = desktop;
    this.#announcements = announcements;
    this.#settled = settled;
  }

  /** The viewer has gone. */
  close(): void {
    clearTimeout(this.#settleTimer);
  }

  /** Whether the viewer waits for an update. */
  get wanted(): boolean {
    return this.#state.wanted;
  }

  /** Whether the last update brought anything that isn't exact. */
  get sentLossy(): boolean {
    return this.#sentLossy;
  }

  /** The part of what the viewer lacked that the last update brought. */
  get sentShare(): number {
    return this.#sentShare;
  }

  /** The frame's present size is what the viewer takes its framebuffer to be. */
  begin(): Rect {
    const { bounds } = this.#desktop.frame;
    this.#state.resize(bounds);
    return bounds;
  }

  /** SetPixelFormat: for everything from the next update on. */
  setFormat(format: PixelFormat): void {
    this.#format = format;
    this.#setCodings();
  }

  /** SetEncodings: for everything from the next update on. */
  setWishes(wishes: Wishes): void {
    this.#wishes = wishes;
    if (!wishes.copyRect) this.#state.dropMoves();
    this.#setCodings();
  }

  #setQuality(quality: number | undefined): void {
    if (quality === this.#coding.settings.quality) return;
    this.#coding = codingFor(this.#format, this.#wishes, quality);
  }

  #setCodings(): void {
    this.#coding = codingFor(this.#format, this.#wishes, this.#wishes.settings.quality);
    this.#exactCoding = codingFor(this.#format, this.#wishes, undefined);
  }

  /** FramebufferUpdateRequest. */
  request(incremental: boolean, rect: Rect): void {
    if (!incremental) this.#announcements.layouts.asked();
    this.#state.request(incremental, rect);
  }

  /** EnableContinuousUpdates; undefined disables them. */
  setContinuous(area: Rect | undefined): void {
    this.#state.setContinuous(area);
  }

  frameChanged(changed: Region, moves: readonly Move[]): void {
    this.#state.frameChanged(changed, moves, this.#wishes.copyRect);
  }

  frameReplaced(): void {
    this.#state.invalidate();
  }

  /**
   * The next update, if the viewer wants one and there is something to bring.
   * @param budget Bytes that the line takes now, more than 0.
   * @param quality The JPEG quality to use now, no better than what the viewer asked for.
   * @returns Its bytes, a few pieces at a time.
   */
  nextUpdate(budget: number, quality: number | undefined): Iterable<Pieces> | undefined {
    if (!this.wanted) return undefined;
    const sizes = this.#nextSizes();
    if (sizes.length > 0) {
      [this.#sentLossy, this.#sentShare] = [false, 1];
      return [[framebufferUpdate(sizes.length), ...sizes]];
    }
    const told = this.#announcements.nextRectangles(this.#format);
    const plan = this.#state.next({
      always: told.length > 0,
      pixels: this.#cost.pixelsFor(budget),
      refreshPixels: Math.min(MAX_REFRESH, this.#exactCost.pixelsFor(budget * REFRESH_SHARE)),
    });
    if (plan === undefined) return undefined;
    this.#sentShare = plan.share;
    this.#setQuality(quality);
    return this.#write(plan.moves, [
      { region: plan.region, coding: this.#coding, cost: this.#cost },
      { region: plan.refresh, coding: this.#exactCoding, cost: this.#exactCost },
    ], told);
  }

  /**
   * The rectangles that tell another size or layout. They go alone in their update: some viewers drop
   * what comes with them (DesktopSize in the specification). Where the size is the same they answer
   * no request: the pixels that were asked for follow.
   */
  #nextSizes(): Uint8Array[] {
    const { bounds } = this.#desktop.frame;
    const size = this.#state.bounds;
    const resized = bounds.width !== size.width || bounds.height !== size.height;
    const { desktopSize: simple, extendedDesktopSize: extended } = this.#wishes;
    if (resized && (simple || extended)) this.#state.resize(bounds);
    if (extended) return this.#announcements.layouts.nextRectangles(size);
    return resized && simple ? [desktopSize(bounds)] : [];
  }

  *#write(
    moves: readonly Move[],
    parts: readonly PixelPart[],
    told: readonly Uint8Array[],
  ): Generator<Pieces> {
    const lossy: Rect[] = [];
    const exact: Rect[] = [];
    const desktop = this.#desktop;
    const { lastRect } = this.#wishes;
    const update = { moves, parts, desktop, told, lastRect };
    const count = (encoded: EncodedRect, { cost }: PixelPart) => {
      (encoded.lossy ? lossy : exact).push(encoded.rect);
      cost.add(encoded);
    };
    yield* writeFrameUpdate({ ...update, streams: this.#streams }, count);
    this.#state.sent(lossy, exact);
    this.#sentLossy = lossy.length > 0;
    if (this.#sentLossy) this.#settle();
  }

  /** Sees to it that what is lossy and changes no more is sent exactly. */
  #settle(): void {
    this.#settleTimer ??= setTimeout(() => {
      this.#settleTimer = undefined;
      const { lossy } = this.#state;
      lossy.tick();
      if (lossy.unsettled) this.#settle();
      if (!lossy.settled.isEmpty) this.#settled();
    }, SETTLE_TIME);
  }
}

function codingFor(
  format: PixelFormat,
  { encoding, settings }: Wishes,
  quality: EncodeSettings["quality"],
): PixelCoding {
  return { encoding, format, settings: { ...settings, quality } };
}
