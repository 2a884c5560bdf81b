import { FENCE, type Fence, serverFence } from "../../rfb/fence.ts";
import type { Wishes } from "../wishes.ts";
import { Congestion, type Delivery } from "./congestion.ts";
import { QualityControl } from "./quality.ts";

/** Bytes of the number that vncd's fences carry. */
const PAYLOAD = 4;

/** What one viewer's line takes: how much may be sent now, and in which quality. */
export class Line {
  readonly #congestion = new Congestion();
  /** Told when there may be room again. */
  readonly #roomAgain: () => void;
  #fence = false;
  /** Whether the viewer is still to be told that vncd knows fences. */
  #announcesFence = false;
  /** When ServerInit was written, as long as it isn't answered. */
  #greeted: number | undefined;
  #asked: number | undefined;
  #control: QualityControl | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(roomAgain: () => void) {
    this.#roomAgain = roomAgain;
  }

  /** The viewer has gone. */
  close(): void {
    clearTimeout(this.#timer);
  }

  /** ServerInit has been written: viewers answer it at once with what they want. */
  greeted(): void {
    this.#greeted = performance.now();
  }

  /** A message of the viewer has come. */
  heard(): void {
    if (this.#greeted === undefined) return;
    const now = performance.now();
    this.#congestion.answeredSmall(now - this.#greeted, now);
    this.#greeted = undefined;
  }

  /** What it answers, and the quality that it asked for. */
  setWishes({ fence, settings: { quality } }: Wishes): void {
    this.#announcesFence ||= fence && !this.#fence;
    if (this.#fence && !fence) this.#congestion.answersOtherwise();
    this.#fence = fence;
    if (quality === this.#asked) return;
    this.#asked = quality;
    this.#control = quality === undefined ? undefined : new QualityControl(quality);
  }

  /** The JPEG quality for the next update; undefined: all exactly. */
  get quality(): number | undefined {
    return this.#control?.quality;
  }

  /** Bytes that an update may bring now; none may begin unless it is above 0. */
  get budget(): number {
    return this.#congestion.budget(performance.now());
  }

  /** Bytes of an update were written; the system has taken all of them now. */
  sent(bytes: number, began: number): void {
    this.#congestion.sent(bytes, began, performance.now());
  }

  /**
   * An update ends with its last bytes, which are about to be written.
   * @param lossy Whether it brought anything that isn't exact.
   * @param share The part of what the viewer lacked that it brought.
   * @returns What is to be sent behind it.
   */
  endUpdate(bytes: number, lossy: boolean, share: number): Uint8Array | undefined {
    const now = performance.now();
    this.#congestion.sent(bytes, now, now);
    return this.#mark(now, share, lossy);
  }

  /**
   * What measures the line alone, where the next update should wait for that. The first one comes as
   * soon as the viewer has listed Fence: its answer stands for all that was sent before, too.
   */
  probe(): Uint8Array | undefined {
    const now = performance.now();
    const isDue = this.#announcesFence || this.#congestion.isProbeDue(now);
    if (!this.#fence || !isDue) return undefined;
    this.#announcesFence = false;
    return this.#mark(now);
  }

  #mark(now: number, share?: number, lossy?: boolean): Uint8Array | undefined {
    const id = this.#congestion.mark(now, share, lossy);
    if (!this.#fence) return undefined;
    const payload = new Uint8Array(PAYLOAD);
    new DataView(payload.buffer).setUint32(0, id);
    return serverFence({ flags: FENCE.Request + FENCE.BlockBefore, payload });
  }

  /** The viewer answered a fence; it may say anything. */
  answered({ payload }: Fence): void {
    if (payload.length !== PAYLOAD) return;
    const id = new DataView(payload.buffer, payload.byteOffset).getUint32(0);
    const now = performance.now();
    this.#delivered(this.#congestion.acknowledged(id, now), now);
  }

  /** The viewer asked for an update: without Fence that is how it answers the one before. */
  requested(): void {
    if (this.#fence) return;
    const now = performance.now();
    this.#delivered(this.#congestion.requested(now), now);
  }

  #delivered(delivery: Delivery | undefined, now: number): void {
    if (delivery === undefined) return;
    if (delivery.lossy) this.#control?.delivered(delivery, now);
    this.#roomAgain();
  }

  /** Has `roomAgain` called when an update may begin, should the viewer not answer before. */
  waitForRoom(): void {
    clearTimeout(this.#timer);
    const wait = this.#congestion.wait(performance.now());
    if (wait !== Infinity) this.#timer = setTimeout(this.#roomAgain, wait);
  }
}
