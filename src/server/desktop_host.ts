import type {
  ClipboardContent,
  ClipboardFormat,
  Cursor,
  Desktop,
  DesktopEvents,
  Leds,
  Position,
  PowerAction,
  Screen,
} from "../desktop/desktop.ts";
import { PlatformError } from "../desktop/errors.ts";
import type { Answer, Question } from "../desktop/question.ts";
import { RecentClipboard } from "../desktop/recent_clipboard.ts";
import type { EncodedRect, PixelCoding, RectEncoder } from "../encodings/encoding.ts";
import { SharedEncodings } from "../encodings/shared_encodings.ts";
import { shifted } from "../encodings/shifted.ts";
import { type Damage, DamageTracker } from "../frame/damage.ts";
import { Framebuffer } from "../frame/framebuffer.ts";
import { contains, type Rect } from "../frame/rect.ts";
import { Region } from "../frame/region.ts";
import type { Logger } from "../log.ts";
import type { DesktopListener, SharedDesktop } from "../viewer/shared_desktop.ts";

/**
 * Milliseconds from one look at the screen to the next. The first change after a rest is looked at
 * at once; under constant change this bounds the cost, and joins what is drawn in many small steps.
 */
const MIN_INTERVAL = 4;
/** The same where looking takes long. */
const MAX_INTERVAL = 8;
/** How many times as long as a look took the next one is to wait, within those bounds. */
const REST = 4;

/**
 * Milliseconds for which the next look is held up, at most, while most viewers are catching up: so that
 * they get in step, and what the next look finds is encoded once for all of them.
 */
const MAX_HOLD = 100;

/** Milliseconds between attempts to open a desktop that is gone. */
const REOPEN_INTERVAL = 1000;

/** Where a {@linkcode DesktopHost} gets its desktops from. */
export interface DesktopSource {
  /**
   * Opens the desktop to share.
   * @throws {PlatformError} When it can't be had now.
   */
  open(): Desktop;
  /** What viewers see while there is none: a screen of the size given that tells the reason. */
  openStatus(reason: string, width: number, height: number): Desktop;
}

/**
 * Shares one desktop among viewers: looks at the screen when something may have changed and somebody
 * waits for it, finds out what really changed, and tells everybody. When the desktop goes away its
 * viewers stay, and see a plain screen until it is back.
 */
export class DesktopHost implements SharedDesktop, DesktopEvents {
  /** The desktop's own, as viewers are told once only: also while there is the status screen. */
  readonly clipboardFormats: readonly ClipboardFormat[];
  readonly #source: DesktopSource;
  readonly #log: Logger;
  readonly #encoder: RectEncoder;
  /** Used while there are several viewers: for one it would only cost memory. */
  readonly #shared: SharedEncodings;
  readonly #listeners = new Set<DesktopListener>();
  /** True while there are listeners, and already when the first one is about to join. */
  #watching = false;
  #desktop: Desktop;
  readonly #tracker: DamageTracker;
  /** Who wants another size, for as long as it's being changed. */
  #resizer: DesktopListener | undefined;
  /** The last content that went round. */
  readonly #recent = new RecentClipboard();
  /** Something may have changed since the last grab. */
  #dirty = true;
  /** When the screen may be looked at again. */
  #nextGrab = -Infinity;
  #lastGrab = -Infinity;
  #grabTimer: ReturnType<typeof setTimeout> | undefined;
  #timerDue = 0;
  #reopenTimer: ReturnType<typeof setTimeout> | undefined;

  /** @throws {PlatformError} When there is no desktop to begin with. */
  constructor(source: DesktopSource, encoder: RectEncoder, log: Logger) {
    this.#encoder = encoder;
    this.#shared = new SharedEncodings(encoder);
    this.#source = source;
    this.#log = log;
    this.#desktop = source.open();
    this.clipboardFormats = this.#desktop.clipboardFormats ?? ["text"];
    this.#tracker = new DamageTracker(this.#desktop.screen);
  }

  get title(): string {
    return this.#desktop.title;
  }

  get frame(): Framebuffer {
    return this.#tracker.frame;
  }

  get cursor(): Cursor | undefined {
    return this.#desktop.cursor;
  }

  get screens(): readonly Screen[] {
    return this.#desktop.screens;
  }

  get pointerPosition(): Position | undefined {
    return this.#desktop.pointerPosition;
  }

  get leds(): Leds | undefined {
    return this.#desktop.leds;
  }

  get canPower(): boolean {
    return this.#desktop.power !== undefined;
  }

  join(listener: DesktopListener): void {
    // The frame is brought up to date before the listener is told of anything.
    if (!this.#watching) {
      this.#watching = true;
      this.#watch();
    } else if (this.#dirty) {
      this.#grab();
    }
    this.#listeners.add(listener);
  }

  leave(listener: DesktopListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 1) this.#shared.clear();
    if (this.#listeners.size > 0 || !this.#watching) return;
    clearTimeout(this.#grabTimer);
    this.#grabTimer = undefined;
    this.#watching = false;
    this.#desktop.unwatch();
  }

  look(): void {
    if (!this.#dirty) return;
    if (!this.#isAwaited) return;
    const now = performance.now();
    const hold = this.#isCatchingUp ? this.#lastGrab + MAX_HOLD : now;
    const due = Math.max(this.#nextGrab, hold);
    if (due <= now) return this.#grab();
    // One that is due later may be due at once by now.
    if (this.#grabTimer !== undefined && this.#timerDue <= due) return;
    clearTimeout(this.#grabTimer);
    this.#timerDue = due;
    this.#grabTimer = setTimeout(() => this.#grab(), due - now);
  }

  encode(
    rect: Rect,
    coding: PixelCoding,
  ): readonly EncodedRect[] | Promise<readonly EncodedRect[]> {
    const { frame } = this;
    if (!contains(frame.bounds, rect)) return this.#encodeBlack(rect, coding);
    const encoder = this.#listeners.size > 1 ? this.#shared : this.#encoder;
    return encoder.encode(frame, rect, coding);
  }

  async #encodeBlack(rect: Rect, coding: PixelCoding): Promise<readonly EncodedRect[]> {
    const black = new Framebuffer(rect.width, rect.height);
    return shifted(await this.#encoder.encode(black, black.bounds, coding), rect.x, rect.y);
  }

  key(keysym: number, down: boolean, scancode?: number): void {
    this.#desktop.key(keysym, down, scancode);
  }

  pointer(x: number, y: number, buttons: number, from: DesktopListener): void {
    this.#desktop.pointer(x, y, buttons);
    for (const listener of this.#listeners) {
      if (listener !== from) listener.pointerMoved(false);
    }
  }

  movePointer(dx: number, dy: number, buttons: number): void {
    this.#desktop.movePointer(dx, dy, buttons);
  }

  setClipboard(content: ClipboardContent, from: DesktopListener): void {
    this.#desktop.setClipboard(content);
    // Two viewers that send back what they receive would never end.
    if (this.#recent.isEcho(content)) return;
    for (const listener of this.#listeners) {
      if (listener !== from) listener.clipboard(content);
    }
  }

  resize(width: number, height: number, from: DesktopListener): boolean {
    this.#resizer = from;
    try {
      return this.#desktop.resize?.(width, height) ?? false;
    } finally {
      this.#resizer = undefined;
    }
  }

  power(action: PowerAction): boolean {
    return this.#desktop.power?.(action) ?? false;
  }

  /** Whether there is somebody at the desktop who can be asked. */
  get canAsk(): boolean {
    return this.#desktop.ask !== undefined;
  }

  /** See {@linkcode Desktop}; undefined where nobody can be asked. */
  async ask(question: Question, signal: AbortSignal): Promise<Answer | undefined> {
    return await this.#desktop.ask?.(question, signal);
  }

  /** Gives the desktop back. */
  close(): void {
    clearTimeout(this.#grabTimer);
    clearTimeout(this.#reopenTimer);
    this.#desktop.close();
  }

  damaged(): void {
    this.#dirty = true;
    this.look();
  }

  resized(): void {
    const { width, height } = this.#desktop.screen;
    this.#log.info(`the screen is ${width}x${height} now`);
    this.#grab();
  }

  cursorChanged(): void {
    for (const listener of this.#listeners) listener.cursorChanged();
  }

  ledsChanged(): void {
    for (const listener of this.#listeners) listener.ledsChanged();
  }

  pointerMoved(): void {
    for (const listener of this.#listeners) listener.pointerMoved(true);
  }

  clipboard(content: ClipboardContent): void {
    this.#recent.remember(content);
    for (const listener of this.#listeners) listener.clipboard(content);
  }

  bell(): void {
    for (const listener of this.#listeners) listener.bell();
  }

  gone(reason: string): void {
    this.#log.error(`the desktop is gone: ${reason}; waiting for it to come back`);
    const { width, height } = this.frame;
    this.#switchTo(this.#source.openStatus(reason, width, height));
    this.#reopen();
  }

  /** Tries until the desktop is back. */
  #reopen(): void {
    this.#reopenTimer = setTimeout(() => {
      let desktop: Desktop;
      try {
        desktop = this.#source.open();
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        this.#log.debug(`the desktop is not back: ${error.message}`);
        return this.#reopen();
      }
      this.#log.info(`the desktop is back: ${desktop.title}`);
      this.#switchTo(desktop);
    }, REOPEN_INTERVAL);
  }

  #switchTo(desktop: Desktop): void {
    this.#desktop.close();
    this.#desktop = desktop;
    if (!this.#watching) return;
    this.#watch();
    this.cursorChanged();
    this.ledsChanged();
    this.pointerMoved();
    for (const listener of this.#listeners) listener.renamed();
  }

  get #isAwaited(): boolean {
    for (const { waiting } of this.#listeners) if (waiting) return true;
    return false;
  }

  /** Whether most of the listeners are: one that takes long doesn't hold up the others. */
  get #isCatchingUp(): boolean {
    let count = 0;
    for (const { catchingUp } of this.#listeners) if (catchingUp) count++;
    return count > this.#listeners.size / 2;
  }

  #watch(): void {
    this.#desktop.watch(this);
    this.#grab();
  }

  /** Brings the frame up to date and tells the viewers what has changed. */
  #grab(): void {
    const desktop = this.#desktop;
    const before = this.frame;
    this.#dirty = false;
    clearTimeout(this.#grabTimer);
    this.#grabTimer = undefined;
    const began = performance.now();
    this.#lastGrab = began;
    let damage: Damage;
    try {
      const grab = desktop.grab();
      damage = this.#tracker.update(desktop.screen, grab);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      // Unless the desktop has said so itself meanwhile.
      if (desktop === this.#desktop) this.gone(error.message);
      return;
    }
    const rest = REST * (performance.now() - began);
    const interval = Math.min(MAX_INTERVAL, Math.max(MIN_INTERVAL, rest));
    // One that came late doesn't delay those after it.
    this.#nextGrab = Math.max(this.#nextGrab, began - interval) + interval;
    // First of all, so that nobody who is told of the change gets pixels from before it.
    if (this.frame !== before) {
      this.#shared.clear();
      for (const listener of this.#listeners) listener.frameReplaced(this.#resizer);
    } else if (!damage.changed.isEmpty || damage.moves.length > 0) {
      this.#shared.invalidate(damage.changed.union(Region.of(...damage.moves.map(({ to }) => to))));
      for (const listener of this.#listeners) listener.frameChanged(damage.changed, damage.moves);
    }
  }
}
