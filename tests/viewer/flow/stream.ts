import { Congestion } from "../../../src/viewer/flow/congestion.ts";
import type { QualityControl } from "../../../src/viewer/flow/quality.ts";
import { Random } from "../../support/random.ts";
import { type LineTraits, SimulatedLine, VirtualClock } from "../../support/simulated_line.ts";

/** What a viewer does when an update comes. */
export type Answers =
  /** Answers the fence behind it when it has decoded it. */
  | "fence"
  /** Has no Fence, and asks for the next update when it has decoded it. */
  | "request"
  /** The same, when it has begun to read it. */
  | "early request"
  /** Answers no fences, though it said that it would. */
  | "never";

export interface StreamOptions {
  readonly line: LineTraits;
  /** Bytes of the whole picture, about; where there is a quality, at 100. */
  readonly size: number;
  /** Whether updates are cut to what may be sent. */
  readonly cut?: boolean;
  readonly answers?: Answers;
  /** Milliseconds from one new picture to the next; all the time, unless said otherwise. */
  readonly interval?: number;
  /** Bytes that the viewer decodes in a millisecond. */
  readonly decodes?: number;
  readonly quality?: QualityControl;
  /** Milliseconds that the server needs to make an update, piece by piece. */
  readonly making?: number;
}

/** In how many an update comes that takes time to make. */
const PIECES = 8;

/** An update on its way. */
export interface Sent {
  readonly bytes: number;
  readonly at: number;
  /** Milliseconds of work that lay in front of it, on the line and in the viewer. */
  readonly queue: number;
  readonly quality: number | undefined;
}

/** A picture that changes all the time, a sender, a line and a viewer, in simulated time. */
export class Stream {
  readonly clock = new VirtualClock();
  readonly line: SimulatedLine;
  readonly congestion = new Congestion();
  readonly sent: Sent[] = [];
  /** When each of `sent` had been decoded by the viewer. */
  readonly shown: number[] = [];
  readonly #options: StreamOptions;
  readonly #random = new Random(7);
  /** The part of the picture that the viewer doesn't have as it is now. */
  #lacking = 0;
  #requested: boolean;
  #decodedAt = 0;
  #writing = false;
  #timer: object | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    const { answers = "fence" } = options;
    this.#requested = answers === "fence" || answers === "never";
    this.line = new SimulatedLine(this.clock, options.line);
    this.#greet();
  }

  /** As ServerInit, and the viewer's first Fence, or its first request. */
  #greet(): void {
    const { answers = "fence" } = this.#options;
    const bytes = 30;
    this.congestion.sent(bytes, 0, 0);
    const id = this.congestion.mark(0);
    this.line.send(bytes, () => {
      if (answers === "fence") this.#answerFence(id);
      else if (answers !== "never") this.#request();
      this.line.answer(() => this.#change());
    });
  }

  /** @param time Milliseconds from the start. */
  runUntil(time: number): void {
    this.clock.runUntil(time);
  }

  sentSince(time: number): Sent[] {
    return this.sent.filter(({ at }) => at >= time);
  }

  /** The share of the time that the line was in use from one moment to another, which it runs to. */
  use(from: number, until: number): number {
    this.runUntil(from);
    const before = this.line.busyTime;
    this.runUntil(until);
    return (this.line.busyTime - before) / (until - from);
  }

  /** The most that lay in front of any update sent from then on, in milliseconds. */
  longestQueue(since: number): number {
    return Math.max(...this.sentSince(since).map(({ queue }) => queue));
  }

  #change(): void {
    const { interval } = this.#options;
    if (interval !== undefined) this.clock.after(interval, () => this.#change());
    this.#lacking = 1;
    this.#send();
  }

  #send(): void {
    while (this.#lacking > 0 && this.#requested && !this.#writing) {
      const wait = this.congestion.wait(this.clock.now);
      const timer = this.#timer = {};
      if (wait === Infinity) return;
      if (wait > 0) {
        // As real timers are.
        return this.clock.after(Math.ceil(wait), () => {
          if (timer === this.#timer) this.#send();
        });
      }
      this.#update();
    }
  }

  #update(): void {
    const { clock, congestion, line } = this;
    const { size, answers = "fence", quality, cut, interval } = this.#options;
    const { now } = clock;
    const fences = answers === "fence" || answers === "never";
    if (fences && congestion.isProbeDue(now)) {
      const id = congestion.mark(now);
      line.send(17, () => this.#answerFence(id));
    }
    const cost = (0.75 + this.#random.below(500) / 1000) * (quality?.quality ?? 100) / 100;
    const lacking = Math.ceil(this.#lacking * size * cost);
    const bytes = cut ? Math.min(lacking, Math.ceil(congestion.budget(now))) : lacking;
    const share = bytes / lacking;
    this.#lacking = interval === undefined ? 1 : this.#lacking * (1 - share);
    const queue = line.queued / line.traits.rate + Math.max(0, this.#decodedAt - now);
    this.sent.push({ bytes, at: now, queue, quality: quality?.quality });
    if (!fences) this.#requested = false;
    if (answers === "early request") line.send(0, () => this.#request());
    this.#write(bytes, share);
  }

  #write(bytes: number, share: number): void {
    const { making = 0 } = this.#options;
    const pieces = making === 0 ? 1 : PIECES;
    this.#writing = true;
    for (let i = 1; i <= pieces; i++) {
      const write = () => {
        const { now } = this.clock;
        this.congestion.sent(bytes / pieces, now, now);
        const id = i < pieces ? undefined : this.congestion.mark(now, share);
        this.line.send(bytes / pieces, () => id === undefined || this.#decode(bytes, id));
        if (id === undefined) return;
        this.#writing = false;
        if (making > 0) this.#send();
      };
      if (making === 0) write();
      else this.clock.after(making * i / pieces, write);
    }
  }

  #decode(bytes: number, id: number): void {
    const { answers = "fence", decodes = Infinity } = this.#options;
    this.#decodedAt = Math.max(this.clock.now, this.#decodedAt) + bytes / decodes;
    this.clock.at(this.#decodedAt, () => {
      this.shown.push(this.clock.now);
      if (answers === "fence") this.#answerFence(id);
      if (answers === "request") this.#request();
    });
  }

  #answerFence(id: number): void {
    if (this.#options.answers === "never") return;
    this.line.answer(() => {
      const { now } = this.clock;
      const delivery = this.congestion.acknowledged(id, now);
      if (delivery !== undefined && delivery.bytes > 0) {
        this.#options.quality?.delivered(delivery, now);
      }
      this.#send();
    });
  }

  #request(): void {
    this.line.answer(() => {
      const { now } = this.clock;
      const delivery = this.congestion.requested(now);
      if (delivery !== undefined) this.#options.quality?.delivered(delivery, now);
      this.#requested = true;
      this.#send();
    });
  }
}
