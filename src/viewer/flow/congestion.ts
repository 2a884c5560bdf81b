import { DeliveryRate } from "./delivery_rate.ts";
import { RoundTrip } from "./round_trip.ts";

/** Bytes that may be on their way while nothing is known of the line. */
const INITIAL_WINDOW = 16 * 1024;

/** Bytes that may always be on their way, so that small updates never wait for each other. */
const MIN_WINDOW = 8 * 1024;

/**
 * Milliseconds of the line's work that may wait in front of it, so that it doesn't run dry while
 * answers are late for other reasons; on a long line a part of its round trip.
 */
const RESERVE = 25;
const RESERVE_SHARE = 1 / 4;

/** The part of the reserve that has to be free for an update to begin: rather few, larger ones. */
const MIN_FREE = 1 / 2;

/**
 * How much larger the window is where each update has to be requested, and the line rests until
 * that has happened.
 */
const REQUEST_FACTOR = 2;

/** Milliseconds from one measurement of the round trip to the next, if the line rests. */
const PROBE_INTERVAL = 1000;

/**
 * Milliseconds after which a viewer that has never answered anything isn't waited for any more; and
 * one that asks for updates: it may have asked for the next while the last was still being written.
 */
const PATIENCE = 3000;
const REQUEST_PATIENCE = 1000;

/**
 * A request that comes later than this many milliseconds, and than this many times what was
 * expected, tells of a viewer that was hidden rather than of its line.
 */
const LATE_REQUEST = 1000;
const LATE_REQUEST_FACTOR = 4;

/** Milliseconds of delivery, and bytes, that tell the rate; less only tells what it is at least. */
const SPAN = 25;
const MIN_BYTES = MIN_WINDOW / 2;

/** The share of them that the line may have rested. */
const MAX_REST = 0.2;

/** What the line had done until an answer came. */
interface Progress {
  /** Bytes delivered. */
  readonly bytes: number;
  readonly at: number;
  /** Milliseconds in which it had nothing to deliver, and in which perhaps it hadn't. */
  readonly rested: number;
  readonly starved: number;
}

/** What has been sent behind the last mark. */
interface Open {
  readonly bytes: number;
  /** When the first of them were sent. */
  readonly first: number;
  /** Milliseconds since then in which the system took no more. */
  readonly blocked: number;
  /** Whether all bytes before had been answered then. */
  readonly alone: boolean;
  readonly before: Progress;
}

/** A point in what was sent whose arrival the viewer answers. */
interface Mark extends Open {
  readonly id: number;
  readonly at: number;
  readonly share: number;
  readonly lossy: boolean;
}

/** Something that the viewer has got. */
export interface Delivery {
  readonly bytes: number;
  /** Whether any of it isn't exact. */
  readonly lossy: boolean;
  /** When the first of them were sent. */
  readonly sent: number;
  /**
   * Milliseconds of the line's work to bring all that the viewer lacked when they were sent; 0 if
   * the line wasn't what took time, or that can't be told.
   */
  readonly time: number;
}

/**
 * Decides how much may be on its way to one viewer, so that its line is always busy and never has a
 * queue: what waits here is replaced by what is newer, what waits in the line only gets old.
 *
 * Sockets take megabytes before they show that a line is slow, so only answers of the viewer tell
 * what has arrived. Behind each update the sender makes a {@linkcode Congestion.mark} for the viewer
 * to answer, with a Fence; where the viewer has none, its next request answers it
 * ({@linkcode Congestion.requested}). From the shortest round trip and the rate of delivery follows
 * how much the line holds; that and a little reserve is the window. Between answers the line is
 * assumed to go on delivering, though not beyond the next mark.
 *
 * All times are milliseconds of one clock, which the caller reads.
 *
 * @example
 * ```ts
 * const budget = congestion.budget(now);
 * if (budget === 0) return; // Until `wait` is over, or an answer has come.
 * if (congestion.isProbeDue(now)) await writeFence(congestion.mark(now));
 * const update = encode(budget);
 * await write(update);
 * congestion.sent(update.length, now, performance.now());
 * await writeFence(congestion.mark(performance.now()));
 * ```
 */
export class Congestion {
  readonly #roundTrip = new RoundTrip();
  readonly #rate = new DeliveryRate();
  #progress: Progress = { bytes: 0, at: -Infinity, rested: 0, starved: 0 };
  #marks: Mark[] = [];
  #open: Open | undefined;
  #lastId = 0;
  #lastProbe = -Infinity;
  /** Bytes in front of all marks that wait for an answer. */
  #marked = 0;
  /** Since when marks have waited, if it isn't sure that they will be answered. */
  #waitingSince: number | undefined;
  #answers: "nothing yet" | "requests" | "fences" = "nothing yet";

  /** Bytes per second that the viewer takes; 0 as long as nothing is known. */
  get bandwidth(): number {
    return this.#rate.rate * 1000;
  }

  /** Milliseconds there and back; Infinity as long as nothing is known. */
  get roundTrip(): number {
    return this.#roundTrip.shortest;
  }

  /** Bytes that may be on their way. */
  get window(): number {
    const { rate } = this.#rate;
    if (rate === 0) return INITIAL_WINDOW;
    const factor = this.#answers === "fences" ? 1 : REQUEST_FACTOR;
    return Math.max(MIN_WINDOW, rate * (this.#roundTrip.shortest + this.#reserve) * factor);
  }

  /**
   * Bytes were written.
   * @param began When the write began.
   * @param now When the system had taken all of them.
   */
  sent(bytes: number, began: number, now: number): void {
    const open = this.#open ?? {
      bytes: 0,
      first: began,
      blocked: 0,
      alone: this.#marked === 0,
      before: this.#progress,
    };
    this.#open = { ...open, bytes: open.bytes + bytes, blocked: open.blocked + now - began };
  }

  /**
   * Ends an update; without one it is a probe.
   * @param share The part of what the viewer lacks that the update brings.
   * @param lossy Whether it brings anything that isn't exact.
   * @returns What the viewer is to answer with, in 32 bits.
   */
  mark(now: number, share = 1, lossy = false): number {
    // Nothing would ever take them away.
    if (this.#isGivenUp(now)) this.#dropMarks();
    if (this.#open === undefined) {
      this.#lastProbe = now;
      this.sent(0, now, now);
    }
    this.#lastId = this.#lastId + 1 >>> 0;
    this.#marks.push({ ...this.#open!, id: this.#lastId, at: now, share, lossy });
    this.#marked += this.#open!.bytes;
    this.#open = undefined;
    if (this.#answers !== "fences") this.#waitingSince ??= now;
    return this.#lastId;
  }

  /**
   * The viewer answered something small that was sent while nothing else was on the line, such as
   * ServerInit: so the round trip is known before the first update, which may be a large one.
   */
  answeredSmall(time: number, now: number): void {
    this.#roundTrip.answered(time, true, now);
  }

  /** The viewer won't answer fences any more: nothing that waits for that will be answered. */
  answersOtherwise(): void {
    this.#dropMarks();
    this.#waitingSince = undefined;
    this.#answers = "nothing yet";
  }

  /** Whether a mark should be made ahead of the next update, to measure the round trip. */
  isProbeDue(now: number): boolean {
    return this.#marks.length === 0 && this.#open === undefined &&
      now - this.#lastProbe >= PROBE_INTERVAL;
  }

  /**
   * The viewer answered a mark's fence. What was never sent, or was answered before, is ignored.
   * @returns What has arrived by that.
   */
  acknowledged(id: number, now: number): Delivery | undefined {
    const count = this.#marks.findIndex((mark) => mark.id === id) + 1;
    if (count === 0) return undefined;
    this.#answers = "fences";
    return this.#answer(count, -Infinity, now);
  }

  /**
   * A viewer without Fence asked for an update: it has read what it got, or begun to.
   * @returns What has arrived by that.
   */
  requested(now: number): Delivery | undefined {
    const count = this.#marks.length;
    if (count === 0) return undefined;
    const { rate } = this.#rate;
    const expected = rate === 0 ? 0 : this.#marked / rate;
    this.#answers = "requests";
    return this.#answer(count, now - Math.max(LATE_REQUEST, LATE_REQUEST_FACTOR * expected), now);
  }

  /** Bytes that may be sent now; 0 when the next update has to wait. */
  budget(now: number): number {
    if (this.#isGivenUp(now)) return this.window;
    if (this.#mustDrain(now)) return 0;
    const free = this.window - this.#onTheWay(now);
    return free >= this.#minFree ? free : 0;
  }

  /**
   * Milliseconds until an update may begin, if the viewer doesn't answer before: 0: now; Infinity:
   * only after an answer.
   */
  wait(now: number): number {
    if (this.budget(now) > 0) return 0;
    const { rate } = this.#rate;
    const patience = this.#patienceEnds() - now;
    const next = this.#marks.find((mark) => mark.bytes > 0);
    if (next === undefined || rate === 0 || this.#mustDrain(now)) return patience;
    const missing = this.#minFree - this.window + this.#onTheWay(now);
    const deliverable = next.bytes - this.#expected(next, now);
    if (missing > deliverable) return patience;
    const pause = Math.max(0, this.#earliestAnswer(next.first) - now);
    return Math.min(patience, pause + missing / rate);
  }

  /** Milliseconds of the line's work that may wait in front of it. */
  get #reserve(): number {
    return Math.max(RESERVE, this.#roundTrip.shortest * RESERVE_SHARE);
  }

  /** Bytes of the window that have to be free for an update to begin. */
  get #minFree(): number {
    const { rate } = this.#rate;
    return rate === 0 ? 1 : Math.min(this.window, rate * this.#reserve) * MIN_FREE;
  }

  /** When an answer to what was sent then could come, at the earliest. */
  #earliestAnswer(sent: number): number {
    const { shortest } = this.#roundTrip;
    return Math.max(this.#progress.at, shortest === Infinity ? sent : sent + shortest);
  }

  /** Bytes of the next mark that should have been delivered by now. */
  #expected(next: Mark, now: number): number {
    const time = Math.max(0, now - this.#earliestAnswer(next.first));
    return Math.min(next.bytes, time * this.#rate.rate);
  }

  #onTheWay(now: number): number {
    const next = this.#marks.find((mark) => mark.bytes > 0);
    const expected = next === undefined ? 0 : this.#expected(next, now);
    return this.#marked + (this.#open?.bytes ?? 0) - expected;
  }

  /** On a line that never rests the round trip can only be measured after a pause. */
  #mustDrain(now: number): boolean {
    return this.#answers === "fences" && this.#marked > 0 && this.#roundTrip.isDoubtful(now);
  }

  /** When the next updates may begin even if no answer has come. */
  #patienceEnds(): number {
    if (this.#waitingSince === undefined) return Infinity;
    return this.#waitingSince + (this.#answers === "requests" ? REQUEST_PATIENCE : PATIENCE);
  }

  #isGivenUp(now: number): boolean {
    return now >= this.#patienceEnds();
  }

  #dropMarks(): void {
    this.#marks = [];
    this.#marked = 0;
  }

  /** @param earliest Since when at the earliest the line is taken to have been at it. */
  #answer(count: number, earliest: number, now: number): Delivery {
    const marks = this.#marks.splice(0, count);
    const [first, last] = [marks[0]!, marks.at(-1)!];
    const bytes = marks.reduce((sum, mark) => sum + mark.bytes, 0);
    this.#waitingSince = undefined;
    this.#marked -= bytes;
    this.#roundTrip.answered(now - last.at, last.alone && bytes === 0, now);
    const start = Math.max(this.#earliestAnswer(first.first), earliest);
    // What had to be made first came to the line bit by bit.
    const complete = Math.max(this.#earliestAnswer(last.at - last.blocked), start);
    const starved = complete - start;
    const { at, ...before } = this.#progress;
    this.#progress = {
      bytes: before.bytes + bytes,
      at: now,
      rested: before.rested + (at === -Infinity ? 0 : Math.max(0, start - at)),
      starved: before.starved + starved,
    };
    const delivery = { bytes, lossy: marks.some((mark) => mark.lossy), sent: first.first };
    if (bytes === 0) return { ...delivery, time: 0 };
    if (this.#answers === "fences") {
      this.#learn(last, start);
      const { rate, isKnown } = this.#rate;
      return { ...delivery, time: isKnown ? last.bytes / rate / last.share : 0 };
    }
    this.#learnFromRequest(bytes, Math.max(first.first, earliest), start, starved);
    if (bytes < MIN_BYTES) return { ...delivery, time: 0 };
    const handedOver = Math.max(last.at + this.#roundTrip.shortest, start);
    return { ...delivery, time: (Math.max(0, now - handedOver) + last.blocked) / last.share };
  }

  /** @param start Since when the line has delivered what was answered now. */
  #learn(last: Mark, start: number): void {
    const { before, alone } = last;
    const { bytes, at, rested, starved } = this.#progress;
    const span = at - (alone ? start : before.at);
    const rest = alone ? 0 : rested - before.rested;
    const delivered = bytes - before.bytes;
    const busy = rest + starved - before.starved <= span * MAX_REST;
    if (span >= SPAN && delivered >= MIN_BYTES && busy) {
      this.#rate.measured(delivered, span - rest, at - start);
    } else {
      this.#rate.atLeast(delivered, span - rest);
    }
  }

  /**
   * The request may be for an update that the viewer has only begun to read, so that its round trip
   * doesn't add to the time of delivery, but is part of it.
   */
  #learnFromRequest(bytes: number, sent: number, start: number, starved: number): void {
    const { at } = this.#progress;
    const span = at - start;
    if (span >= SPAN && bytes >= MIN_BYTES && starved <= span * MAX_REST) {
      this.#rate.measured(bytes, at - sent, at - start);
    } else {
      this.#rate.atLeast(bytes, at - sent);
    }
  }
}
