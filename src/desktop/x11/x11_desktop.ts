import type { DamageHint } from "../../frame/damage.ts";
import type { Framebuffer } from "../../frame/framebuffer.ts";
import { intersect, isEmpty } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";
import type { Logger } from "../../log.ts";
import type {
  ClipboardContent,
  Cursor,
  Desktop,
  DesktopEvents,
  Leds,
  Position,
  Screen,
} from "../desktop.ts";
import { PlatformError } from "../errors.ts";
import type { Answer, Question } from "../question.ts";
import { onlyScreen } from "../screens.ts";
import { Bell } from "./bell.ts";
import { Capture } from "./capture.ts";
import { Clipboard } from "./clipboard.ts";
import { Connection } from "./connection.ts";
import { CursorWatch } from "./cursor.ts";
import { type DamageSource, PolledDamage, ReportedDamage } from "./damage.ts";
import { Input } from "./input.ts";
import { LedWatch } from "./leds.ts";
import type { OptionalLibrary } from "./libraries.ts";
import { PointerWatch } from "./pointer_watch.ts";
import { askByPrompt } from "./prompt.ts";
import { LITTLE_ENDIAN, XConfigureEvent } from "./structs.ts";
import { WindowDamage } from "./windows.ts";
import { XkbEvents } from "./xkb.ts";

const CONFIGURE_NOTIFY = 22;
const STRUCTURE_NOTIFY_MASK = 1n << 17n;
const SUBSTRUCTURE_NOTIFY_MASK = 1n << 19n;

/** How {@linkcode openX11Desktop} opens a desktop. */
export interface X11Options {
  /** The X display, as in `:0`. */
  readonly display: string;
  readonly log: Logger;
  /** Libraries to do without, as if they were not installed: for tests of the fallbacks. */
  readonly without?: readonly OptionalLibrary[];
}

/**
 * Opens the screen of an X server. It blocks until that has answered, which for one on another host
 * (`host:0`) may take as long as TCP waits for a connection.
 * @throws {PlatformError} When no display is named, it can't be opened, or libX11 is missing.
 *
 * @example
 * ```ts
 * const desktop = openX11Desktop({ display: ":0", log });
 * desktop.watch(events);
 * desktop.grab();
 * desktop.close();
 * ```
 */
export function openX11Desktop(options: X11Options): X11Desktop {
  const { display, log, without = [] } = options;
  if (display === "") {
    throw new PlatformError("no X11 display: set DISPLAY, or name one with --display :0");
  }
  const connection = new Connection(display, log, without);
  try {
    return new X11Desktop(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** The screen of an X server; made by {@linkcode openX11Desktop}. */
export class X11Desktop implements Desktop {
  readonly title: string;
  readonly #connection: Connection;
  readonly #damage: DamageSource;
  readonly #windows: WindowDamage;
  readonly #cursor: CursorWatch;
  readonly #clipboard: Clipboard;
  readonly #bell: Bell;
  readonly #leds: LedWatch;
  readonly #pointer: PointerWatch;
  /** `undefined` where input can't be faked: then the desktop can only be viewed. */
  readonly #input: Input | undefined;
  #capture: Capture;
  #events: DesktopEvents | undefined;
  /** Whether the next grab is of the whole screen. */
  #isAllDue = true;

  constructor(connection: Connection) {
    const { log } = connection;
    this.#connection = connection;
    this.title = `X11 display ${connection.name}`;
    connection.onDeath((reason) => this.#tellOfDeath(reason));
    connection.on(CONFIGURE_NOTIFY, (event) => this.#configured(event));
    this.#select(STRUCTURE_NOTIFY_MASK);
    this.#capture = this.#createCapture(connection.rootSize());
    const reported = ReportedDamage.create(connection, () => this.#capture.isShared);
    this.#damage = reported ?? new PolledDamage();
    this.#windows = new WindowDamage(connection);
    this.#cursor = new CursorWatch(connection);
    this.#clipboard = new Clipboard(connection);
    const xkb = new XkbEvents(connection);
    this.#bell = new Bell(xkb);
    this.#leds = new LedWatch(connection, xkb);
    this.#pointer = new PointerWatch(connection);
    this.#input = Input.create(connection, this.#pointer);
    if (!this.#capture.isShared) log.info("no MIT-SHM: pixels come through the connection");
    if (reported === undefined) log.info("no DAMAGE: the whole screen is looked at all the time");
    if (this.#input === undefined) log.warn("no XTEST (libXtst, package libxtst6): view only");
    if (connection.death !== undefined) throw new PlatformError(connection.death);
    connection.settle();
  }

  get screen(): Framebuffer {
    return this.#capture.screen;
  }

  get screens(): readonly Screen[] {
    return onlyScreen(this.screen);
  }

  get cursor(): Cursor | undefined {
    return this.#cursor.cursor;
  }

  get pointerPosition(): Position | undefined {
    return this.#pointer.position;
  }

  get leds(): Leds | undefined {
    return this.#leds.leds;
  }

  /** How often vncd woke up for this X server: for tests of idleness. */
  get wakeups(): number {
    return this.#connection.wakeups;
  }

  watch(events: DesktopEvents): void {
    const isWatched = this.#events !== undefined;
    this.#events = events;
    this.#isAllDue = true;
    const { death } = this.#connection;
    if (death !== undefined) queueMicrotask(() => this.#tellOfDeath(death));
    if (isWatched || !this.#connection.isAlive) return;
    this.#select(STRUCTURE_NOTIFY_MASK | SUBSTRUCTURE_NOTIFY_MASK);
    this.#watchDamage();
    this.#windows.start(() => this.#events?.damaged());
    this.#cursor.start(() => this.#events?.cursorChanged());
    this.#clipboard.start((text) => this.#events?.clipboard({ text }));
    this.#bell.start(() => this.#events?.bell());
    this.#leds.start(() => this.#events?.ledsChanged());
    this.#pointer.start(() => this.#events?.pointerMoved());
    this.#connection.settle();
  }

  unwatch(): void {
    if (this.#events === undefined) return;
    this.#events = undefined;
    this.#select(STRUCTURE_NOTIFY_MASK);
    this.#damage.stop();
    this.#windows.stop();
    this.#cursor.stop();
    this.#clipboard.stop();
    this.#bell.stop();
    this.#leds.stop();
    this.#pointer.stop();
    this.#input?.finish();
    this.#connection.settle();
  }

  grab(): DamageHint {
    const region = this.#grabRegion();
    this.#pointer.drawn();
    if (this.#connection.death !== undefined) throw new PlatformError(this.#connection.death);
    this.#connection.settle();
    return { region, moves: [] };
  }

  key(keysym: number, down: boolean, scancode?: number): void {
    if (this.#connection.isAlive) this.#input?.key(keysym, down, scancode);
  }

  pointer(x: number, y: number, buttons: number): void {
    if (this.#connection.isAlive) this.#input?.pointer(x, y, buttons, this.screen);
  }

  movePointer(dx: number, dy: number, buttons: number): void {
    if (this.#connection.isAlive) this.#input?.movePointer(dx, dy, buttons);
  }

  setClipboard({ text }: ClipboardContent): void {
    if (text === undefined || !this.#connection.isAlive) return;
    this.#clipboard.set(text);
    this.#connection.settle();
  }

  ask(question: Question, signal: AbortSignal): Promise<Answer> {
    const { name, log } = this.#connection;
    return askByPrompt(name, question, signal, log);
  }

  close(): void {
    if (this.#connection.isClosed) return;
    this.unwatch();
    this.#input?.close();
    this.#capture.close();
    this.#connection.close();
  }

  /** The last event: nothing is watched after it. */
  #tellOfDeath(reason: string): void {
    const events = this.#events;
    this.unwatch();
    events?.gone(reason);
  }

  #grabRegion(): Region {
    if (!this.#connection.isAlive) return Region.empty;
    const isWatched = this.#events !== undefined;
    // Damage is taken before the pixels: what is drawn in between is found again next time.
    const damage = isWatched ? this.#damage.take() : undefined;
    const rearranged = this.#windows.take();
    const { screen } = this.#capture;
    const isAll = this.#isAllDue || damage === undefined || rearranged === undefined;
    const rects = isAll ? [screen.bounds] : [...damage, ...rearranged];
    const grabbed = this.#capture.grab(
      rects.map((rect) => intersect(rect, screen.bounds)).filter((rect) => !isEmpty(rect)),
    );
    // The server can't for as long as it has another size than we know of; an event will tell.
    this.#isAllDue = !isWatched || grabbed === undefined;
    return Region.of(...grabbed ?? []);
  }

  #configured(event: DataView): void {
    const window = event.getBigUint64(XConfigureEvent.window, LITTLE_ENDIAN);
    if (window !== this.#connection.root) return this.#windows.configured(event);
    const width = event.getInt32(XConfigureEvent.width, LITTLE_ENDIAN);
    const height = event.getInt32(XConfigureEvent.height, LITTLE_ENDIAN);
    if (width === this.screen.width && height === this.screen.height) return;
    this.#capture.close();
    this.#capture = this.#createCapture({ width, height });
    this.#isAllDue = true;
    if (this.#events !== undefined) {
      this.#damage.stop();
      this.#watchDamage();
    }
    this.#events?.resized();
  }

  #watchDamage(): void {
    this.#damage.start(() => this.#events?.damaged());
  }

  /** Has the server tell of these changes to the root window and those on it. */
  #select(mask: bigint): void {
    const { isAlive, display, root, libraries: { x11 } } = this.#connection;
    if (isAlive) x11.XSelectInput(display, root, mask);
  }

  #createCapture({ width, height }: { width: number; height: number }): Capture {
    return new Capture(this.#connection, width, height);
  }
}
