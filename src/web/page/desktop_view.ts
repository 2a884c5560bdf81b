// @ts-types="./novnc.d.ts"
import RFB, { type Credentials } from "@novnc/novnc";
import { encodingName, wantedEncodings } from "./encodings.ts";

const FENCE_REQUEST = 2 ** 31;
/** Of ServerFence, behind its message type: padding, flags, and the length of the payload. */
const FENCE_HEAD = 8;

/** For how long the server may take to fetch a text, in milliseconds. */
const FETCH_WITHIN = 500;

/** What a view tells while it works. */
export interface ViewObserver {
  /** A frame was drawn: how many pixels of it came in which encoding. */
  frame(pixels: ReadonlyMap<string, number>): void;
  /** The server has answered a fence after so many milliseconds. */
  roundTrip(milliseconds: number): void;
}

/**
 * noVNC's connection and picture, with what the page needs and noVNC doesn't offer: figures, fences
 * of the viewer's own, exact pixels. All that relies on noVNC's internals is in this file.
 */
export class DesktopView extends RFB {
  readonly #observer: ViewObserver;
  readonly #socket: WebSocket;
  #complaint: string | undefined;
  #quality: number;
  #pixels = new Map<string, number>();
  #firstByte: number | undefined;
  #hasPicture = false;
  #fenceSentAt: number | undefined;
  #fetched: (() => void) | undefined;
  #heldKeys: (() => void)[] | undefined;

  /**
   * Connects.
   * @param quality 0 to 9 for JPEG, or 10 for exact pixels.
   */
  constructor(
    place: HTMLElement,
    socket: WebSocket,
    credentials: Credentials | undefined,
    quality: number,
    observer: ViewObserver,
  ) {
    super(place, socket, credentials && { credentials });
    this.#quality = quality;
    this.#observer = observer;
    this.#socket = socket;
    // The page's own background shows around the picture.
    this.background = "transparent";
    const canvas = this._canvas;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", "Desktop");
    canvas.tabIndex = 0;
    // noVNC misses the release of a key that is held while the focus goes elsewhere in the page.
    canvas.addEventListener("blur", () => this._keyboard._allKeysUp());
  }

  /** 0 to 9 for JPEG, or 10 for exact pixels. */
  set quality(quality: number) {
    if (quality === this.#quality) return;
    this.#quality = quality;
    if (this._rfbConnectionState === "connected") this._sendEncodings();
  }

  get hasFocus(): boolean {
    return document.activeElement === this._canvas;
  }

  /** Whether the server has refused this viewer before it could prove anything. */
  get wasTurnedAway(): boolean {
    return this._securityContext === "no security types";
  }

  /** Why noVNC has given up, where it wasn't the server that closed the connection. */
  get complaint(): string | undefined {
    return this.#complaint;
  }

  /** The element with the picture, if there is one; once disconnected it does nothing any more. */
  get picture(): HTMLElement | undefined {
    return this.#hasPicture ? this._screen : undefined;
  }

  /** How long the server owes an answer to a fence already, in milliseconds. */
  get silence(): number {
    return this.#fenceSentAt === undefined ? 0 : performance.now() - this.#fenceSentAt;
  }

  /** Asks for an answer, to find out how long that takes; once at a time. */
  sendFence(): void {
    // Only a server that has sent a fence is known to understand them.
    if (!this._supportsFence || this.#fenceSentAt !== undefined) return;
    this.#fenceSentAt = performance.now();
    RFB.messages.clientFence(this._sock, FENCE_REQUEST, "");
  }

  /** Hands over a text for the desktop's clipboard; settles when the server has it, or well may. */
  async copyToDesktop(text: string): Promise<void> {
    this.#fetched?.();
    const fetched = new Promise<void>((resolve) => this.#fetched = resolve);
    const late = new Promise<void>((resolve) => setTimeout(resolve, FETCH_WITHIN));
    this.clipboardPasteFrom(text);
    await Promise.race([fetched, late]);
  }

  override sendKey(keysym: number, code: string | null, down?: boolean): void {
    const send = () => super.sendKey(keysym, code, down);
    if (this.#heldKeys === undefined) send();
    else this.#heldKeys.push(send);
  }

  /** Holds back all keys until that is done, so that they arrive behind it. */
  async sendKeysAfter(done: Promise<void>): Promise<void> {
    if (this.#heldKeys !== undefined) return;
    this.#heldKeys = [];
    try {
      await done;
    } finally {
      const held = this.#heldKeys;
      this.#heldKeys = undefined;
      for (const send of held) send();
    }
  }

  protected override _fail(details: string): boolean {
    if (this.#socket.readyState === WebSocket.OPEN) this.#complaint = details;
    return super._fail(details);
  }

  protected override _sendEncodings(): void {
    // noVNC's own always asks for JPEG.
    RFB.messages.clientEncodings(this._sock, wantedEncodings(this.#quality));
  }

  protected override _handleDataRect(): boolean {
    const { width, height, encoding } = this._FBU;
    // Called again and again until all is there, but only at first this byte still is.
    if (!this._sock.rQwait("rectangle", 1)) this.#firstByte ??= this._sock.rQpeek8();
    const isDone = super._handleDataRect();
    if (isDone) {
      const name = encodingName(encoding, this.#firstByte);
      this.#firstByte = undefined;
      this.#pixels.set(name, (this.#pixels.get(name) ?? 0) + width * height);
    }
    return isDone;
  }

  protected override _framebufferUpdate(): boolean {
    const isDone = super._framebufferUpdate();
    // Updates with a cursor only aren't frames.
    if (isDone && this.#pixels.size > 0) {
      this.#hasPicture = true;
      this.#observer.frame(this.#pixels);
      this.#pixels = new Map();
    }
    return isDone;
  }

  protected override _handleServerFenceMsg(): boolean {
    // noVNC takes an answer for an error, as it never asks.
    if (this._sock.rQwait("ServerFence", FENCE_HEAD, 1)) return false;
    const head = new DataView(this._sock.rQpeekBytes(FENCE_HEAD).buffer);
    if (head.getUint32(3) >= FENCE_REQUEST) return super._handleServerFenceMsg();
    const length = FENCE_HEAD + head.getUint8(7);
    if (this._sock.rQwait("ServerFence", length, 1)) return false;
    this._sock.rQskipBytes(length);
    this.#observer.roundTrip(this.silence);
    this.#fenceSentAt = undefined;
    return true;
  }

  protected override _handleServerCutText(): boolean {
    const isDone = super._handleServerCutText();
    // Told of a text, a server sends its request for it next.
    if (isDone) this.#fetched?.();
    return isDone;
  }
}
