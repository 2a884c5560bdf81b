/** A clock that stands still while things happen, and jumps to what is due next. */
export class VirtualClock {
  /** Milliseconds. */
  now = 0;
  #due: { readonly at: number; readonly action: () => void }[] = [];

  /** Does something at a time, after all that is due then already. */
  at(time: number, action: () => void): void {
    const behind = this.#due.findIndex((other) => other.at > time);
    this.#due.splice(behind < 0 ? this.#due.length : behind, 0, { at: time, action });
  }

  after(delay: number, action: () => void): void {
    this.at(this.now + delay, action);
  }

  /** Lets all that is due until then happen. */
  runUntil(time: number): void {
    while (this.#due.length > 0 && this.#due[0]!.at <= time) {
      const { at, action } = this.#due.shift()!;
      this.now = Math.max(this.now, at);
      action();
    }
    this.now = time;
  }
}

/** What a line is like; all of it may be changed while it is in use. */
export interface LineTraits {
  /** Bytes per millisecond. */
  rate: number;
  /** Milliseconds each way. */
  delay: number;
  /** Milliseconds that an answer may be late by, different every time. */
  jitter?: () => number;
}

/** Bytes that go through at once; on fast lines more, for the simulation's own speed. */
const PACKET = 1460;

/**
 * A line to a viewer as arithmetic: what is sent goes one after the other at the line's rate, waits
 * for as long as that takes in a buffer without end, and arrives. Answers take the delay only.
 */
export class SimulatedLine {
  readonly #clock: VirtualClock;
  readonly traits: LineTraits;
  #queue: { bytes: number; readonly arrived: () => void }[] = [];
  #busy = false;
  #lastAnswer = 0;
  /** Bytes that have been sent and have not gone through yet. */
  queued = 0;
  /** Milliseconds in which something went through. */
  busyTime = 0;

  constructor(clock: VirtualClock, traits: LineTraits) {
    this.#clock = clock;
    this.traits = traits;
  }

  /** @param arrived Called when the viewer has all of it. */
  send(bytes: number, arrived: () => void): void {
    this.#queue.push({ bytes, arrived });
    this.queued += bytes;
    if (!this.#busy) this.#next();
  }

  /** Answers come in the order in which they were sent. */
  answer(arrived: () => void): void {
    const { delay, jitter } = this.traits;
    this.#lastAnswer = Math.max(this.#lastAnswer, this.#clock.now + delay + (jitter?.() ?? 0));
    this.#clock.at(this.#lastAnswer, arrived);
  }

  /** Packet by packet, so that a change of the rate is felt at once. */
  #next(): void {
    const first = this.#queue[0];
    this.#busy = first !== undefined;
    if (first === undefined) return;
    const packet = Math.min(first.bytes, Math.max(PACKET, this.traits.rate / 4));
    const time = packet / this.traits.rate;
    this.#clock.after(time, () => {
      first.bytes -= packet;
      this.queued -= packet;
      this.busyTime += time;
      if (first.bytes === 0) {
        this.#queue.shift();
        this.#clock.after(this.traits.delay, first.arrived);
      }
      this.#next();
    });
  }
}
