import type { Leds } from "../../desktop/desktop.ts";
import {
  cursorRectangle,
  desktopName,
  EXTENDED_MOUSE_BUTTONS,
  pointerPos,
  QEMU_EXTENDED_KEY_EVENT,
  qemuLEDState,
  qemuPointerMotionChange,
  vmwareCursorPosition,
  vmwareLEDState,
} from "../../encodings/pseudo_rectangles.ts";
import { COLOUR_MAP } from "../../frame/colour_map.ts";
import type { PixelFormat } from "../../frame/pixel_format.ts";
import { BELL, setColourMapEntries } from "../../rfb/server_messages.ts";
import { XVP_INIT, xvpFail } from "../../rfb/xvp.ts";
import type { Rights } from "../../security/rights.ts";
import { ClipboardExchange } from "./clipboard_exchange.ts";
import { LayoutAnnouncements } from "./layout_announcements.ts";
import type { Motion } from "./pointer_motion.ts";
import type { SharedDesktop } from "../shared_desktop.ts";
import { readWishes, type Wishes } from "../wishes.ts";

/** What pseudo-rectangles can be about. */
type Topic =
  | "extendedKeyEvents"
  | "extendedMouseButtons"
  | "name"
  | "leds"
  | "cursor"
  | "pointerPosition"
  | "pointerWarp"
  | "motion";

/** What the desktop is asked for when a viewer is told of it. */
export type AnnouncedDesktop = Pick<
  SharedDesktop,
  "frame" | "screens" | "cursor" | "leds" | "pointerPosition" | "canPower" | "clipboardFormats"
>;

/**
 * What one viewer is to be told besides pixels, by messages of their own and by pseudo-rectangles.
 *
 * Nothing is queued: only that something is to be told is kept, and what it is is looked up when
 * that is sent. So a slow viewer costs no memory, and hears what is newest.
 */
export class Announcements {
  /** The viewer's part in the clipboard. */
  readonly clipboard: ClipboardExchange;
  /** What it is to be told of the screen's size. */
  readonly layouts: LayoutAnnouncements;
  readonly #desktop: AnnouncedDesktop;
  readonly #rights: Rights;
  readonly #changed: () => void;
  #wishes: Wishes = readWishes([]);

  readonly #topics = new Set<Topic>();
  /** Another name than ServerInit told; undefined as long as there is none. */
  #name: string | undefined;
  #motion: Motion = "absolute";

  #colourMapPending = false;
  #bellPending = false;
  #xvpInitPending = false;
  /** The version of a request that could not be done. */
  #xvpFailPending: number | undefined;

  /**
   * @param rights What the viewer may do.
   * @param changed Told when there is something to be sent.
   */
  constructor(desktop: AnnouncedDesktop, rights: Rights, changed: () => void) {
    this.#desktop = desktop;
    this.#rights = rights;
    this.#changed = changed;
    this.clipboard = new ClipboardExchange(desktop.clipboardFormats, rights, changed);
    this.layouts = new LayoutAnnouncements(desktop, changed);
  }

  /** SetEncodings. */
  setWishes(wishes: Wishes): void {
    const before = this.#wishes;
    this.#wishes = wishes;
    const begins = (wish: keyof Wishes) => Boolean(wishes[wish]) && !before[wish];
    if (begins("qemuExtendedKeyEvent")) this.#topics.add("extendedKeyEvents");
    if (begins("extendedMouseButtons")) this.#topics.add("extendedMouseButtons");
    if (begins("qemuLEDState") || begins("vmwareLEDState")) this.#topics.add("leds");
    if (begins("desktopName")) this.#topics.add("name");
    if (begins("pointerPos")) this.#topics.add("pointerPosition");
    if (begins("xvp")) this.#xvpInitPending = this.#rights.control && this.#desktop.canPower;
    // In another way than before, perhaps.
    this.#topics.add("cursor");
    this.clipboard.setExtended(wishes.extendedClipboard);
  }

  /** SetPixelFormat. */
  setFormat(format: PixelFormat): void {
    this.#colourMapPending = !format.trueColour;
    this.#changed();
  }

  cursorChanged(): void {
    this.#tell("cursor");
  }

  ledsChanged(): void {
    this.#tell("leds");
  }

  /**
   * Somebody else has moved the pointer.
   * @param warped Whether that was no viewer, but the desktop.
   */
  pointerMoved(warped: boolean): void {
    const { pointerPos, vmwareCursorPosition } = this.#wishes;
    // Most viewers don't want to know, and it happens often.
    if (pointerPos) this.#tell("pointerPosition");
    if (vmwareCursorPosition && warped) this.#tell("pointerWarp");
  }

  renamed(name: string): void {
    this.#name = name;
    this.#tell("name");
  }

  /** What the viewer's PointerEvents are to say from now on. */
  setMotion(motion: Motion): void {
    this.#motion = motion;
    this.#tell("motion");
  }

  bell(): void {
    this.#bellPending = true;
    this.#changed();
  }

  /** What an xvp Client Message of this version asked for can't be done. */
  xvpFailed(version: number): void {
    this.#xvpFailPending = version;
    this.#changed();
  }

  #tell(topic: Topic): void {
    this.#topics.add(topic);
    this.#changed();
  }

  /** Takes the next message out of the state. */
  nextMessage(): Uint8Array | undefined {
    if (this.#colourMapPending) {
      this.#colourMapPending = false;
      return setColourMapEntries(COLOUR_MAP);
    }
    if (this.#bellPending) {
      this.#bellPending = false;
      return BELL;
    }
    if (this.#xvpInitPending) {
      this.#xvpInitPending = false;
      return XVP_INIT;
    }
    if (this.#xvpFailPending !== undefined) {
      const message = xvpFail(this.#xvpFailPending);
      this.#xvpFailPending = undefined;
      return message;
    }
    return this.clipboard.nextMessage();
  }

  /**
   * Takes the pseudo-rectangles for the next update out of the state; they may come with pixels.
   * @param format The viewer's.
   */
  nextRectangles(format: PixelFormat): Uint8Array[] {
    if (this.#topics.size === 0) return [];
    const rectangles = [...this.#topics].map((topic) => this.#rectangle(topic, format));
    this.#topics.clear();
    return rectangles.filter((rectangle) => rectangle !== undefined);
  }

  /** What is to be said about a topic; undefined where the viewer doesn't want to know, or it isn't known. */
  #rectangle(topic: Topic, format: PixelFormat): Uint8Array | undefined {
    const wishes = this.#wishes;
    const { cursor, leds, pointerPosition: position } = this.#desktop;
    switch (topic) {
      case "extendedKeyEvents":
        return QEMU_EXTENDED_KEY_EVENT;
      case "extendedMouseButtons":
        return EXTENDED_MOUSE_BUTTONS;
      case "name":
        if (this.#name === undefined || !wishes.desktopName) return undefined;
        return desktopName(this.#name);
      case "leds":
        if (leds === undefined) return undefined;
        if (wishes.qemuLEDState) return qemuLEDState(ledState(leds));
        return wishes.vmwareLEDState ? vmwareLEDState(ledState(leds)) : undefined;
      case "cursor":
        if (cursor === undefined || wishes.cursor === undefined) return undefined;
        return cursorRectangle(cursor, wishes.cursor, format);
      case "pointerPosition":
        if (position === undefined || !wishes.pointerPos) return undefined;
        return pointerPos(position.x, position.y);
      case "pointerWarp":
        if (position === undefined || !wishes.vmwareCursorPosition) return undefined;
        return vmwareCursorPosition(position.x, position.y);
      case "motion":
        return wishes.qemuPointerMotionChange ? qemuPointerMotionChange(this.#motion) : undefined;
    }
  }
}

/** The bits in which both LED pseudo-encodings say it. */
function ledState({ scrollLock, numLock, capsLock }: Leds): number {
  return Number(scrollLock) | Number(numLock) << 1 | Number(capsLock) << 2;
}
