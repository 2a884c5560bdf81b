import { DeliveryRate } from "./delivery_rate.ts";
import { RoundTrip } from "./round_trip.ts";

/** Bytes that may be on their way while nothing is known of the line. */
const INITIAL_WINDOW = 32 * 1024;

/** Bytes that may always be on their way, so that small updates never wait for each other. */
const MIN_WINDOW = 8 * 1024;

/**
 * Milliseconds of the line's work that may wait in front of it, so that it doesn't run dry while
 * answers are late for other reasons; on a long line a part of its round trip.
 */
const RESERVE = 25;
const RESERVE_SHARE = 1 / 4;

/** Milliseconds from one measurement of the round trip to the next, if the line rests. */
const PROBE_INTERVAL = 1000;

/** Milliseconds after which a viewer that has never answered anything isn't waited for any more. */
const PATIENCE = 3000;

/**
 * A request that comes later than this many milliseconds, and than this many times what was
 * expected, tells of a viewer that was hidden rather than of its line.
 */
const LATE_REQUEST = 1000;
const LATE_REQUEST_FACTOR = 4;

/** The share of a span that the line may have rested for it to count as busy. */
const MAX_REST = 0.2;

/** A point in what was sent whose arrival the viewer answers. */
interface Mark {
  readonly id: number;
  /** Bytes since the mark before. */
  readonly bytes: number;
  /** When the first and the last of them were sent. */
  readonly first: number;
  readonly last: number;
  /** Milliseconds of that in which the system took no more. */
  readonly blocked: number;
  /** Whether all bytes before had been answered when it was sent. */
  readonly alone: boolean;
  /** What had been delivered when it was sent, until when, and how long the line had rested. */
  readonly delivered: number;
  readonly deliveredUntil: number;
  readonly rested: number;
}

/** What has been sent behind the last mark. */
type Open = Omit<Mark, "id" | "last">;

/** Something that the viewer has got. */
export interface Delivery {
  readonly bytes: number;
  /** When the first of them were sent. */
  readonly sent: number;
  /** Milliseconds that the line took after it had been given them: 0 if it kept up. */
  readonly time: number;
}

/**
 * Decides how much may be on its way to one viewer, so that its line is always busy and never has a
 * queue: what waits here is replaced by what is newer, what waits in the line only gets old.
 *
 * Sockets take megabytes before they show that a line is slow, so only answers of the viewer tell
 * what has arrived. After everything that it sends the sender makes a {@linkcode Congestion.mark} for
 * the viewer to answer, with a Fence; where the viewer has none, the request that follows an update
 * answers it ({@linkcode Congestion.requested}). From the shortest round trip and the rate of
 * delivery follows how much the line holds; that and a little reserve is the window. Between answers
 * the line is assumed to go on delivering, though no more than up to the next mark.
 *
 * All times are milliseconds of one clock, which the caller reads.
 */
export class Congestion {
  readonly #roundTrip = new RoundTrip();
  readonly #rate = new DeliveryRate();
  #marks: Mark[] = [];
  #open: Open | undefined;
  #lastId = 0;
  /** Bytes that marks wait for. */
  #marked = 0;
  #delivered = 0;
  #lastAnswer = -Infinity;
  /** Milliseconds that the line has had nothing to deliver. */
  #rested = 0;
  #lastProbe = -Infinity;
  /** Since when marks have waited for the first answer ever. */
  #waitingSince: number | undefined;
  #answersFences = false;
  #answers = false;

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
    const roundTrip = this.#roundTrip.shortest;
    const reserve = Math.max(RESERVE, roundTrip * RESERVE_SHARE);
    return Math.max(MIN_WINDOW, rate * (roundTrip + reserve));
  }

  /**
   * Bytes were written.
   * @param began When the write began.
   * @param now When the system had taken all of them.
   */
  sent(bytes: number, began: number, now: number): void {
    const open = this.#open ??= {
      bytes: 0,
      first: began,
      blocked: 0,
      alone: this.#marked === 0,
      delivered: this.#delivered,
      deliveredUntil: this.#lastAnswer,
      rested: this.#rested,
    };
    this.#open = { ...open, bytes: open.bytes + bytes, blocked: open.blocked + now - began };
  }

  /**
   * Ends an update, or stands alone as a probe.
   * @returns What the viewer is to answer with, in 32 bits.
   */
  mark(now: number): number {
    if (this.#isGivenUp(now)) {
      // Nothing would ever take them away.
      this.#marks = [];
      this.#marked = 0;
    }
    this.#lastId = this.#lastId + 1 >>> 0;
    if (this.#open === undefined) {
      this.#lastProbe = now;
      this.sent(0, now, now);
    }
    this.#marks.push({ ...this.#open!, id: this.#lastId, last: now });
    this.#marked += this.#open!.bytes;
    this.#open = undefined;
    if (!this.#answers) this.#waitingSince ??= now;
    return this.#lastId;
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
    this.#answersFences = true;
    return this.#answer(count, now, Infinity);
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
    return this.#answer(count, now, Math.max(LATE_REQUEST, LATE_REQUEST_FACTOR * expected));
  }

  /** Bytes that may be sent now: an update may begin while it is above 0, whatever its size. */
  budget(now: number): number {
    if (this.#isGivenUp(now)) return this.window;
    return this.#mustDrain(now) ? 0 : this.window - this.#onTheWay(now);
  }

  /**
   * Milliseconds until an update may begin, if the viewer doesn't answer before: 0: now; Infinity:
   * only after an answer.
   */
  wait(now: number): number {
    const excess = -this.budget(now);
    if (excess < 0) return 0;
    const patience = this.#patienceEnds() - now;
    const next = this.#marks.find((mark) => mark.bytes > 0);
    if (next === undefined || this.#rate.rate === 0 || this.#mustDrain(now)) return patience;
    // A byte more, as the budget has to be above 0.
    const deliverable = next.bytes - this.#expected(next, now);
    if (excess + 1 > deliverable) return patience;
    const pause = Math.max(0, this.#start(next.first) - now);
    return Math.min(patience, pause + (excess + 1) / this.#rate.rate);
  }

  /** When an answer to what was sent then could come at the earliest. */
  #start(sent: number): number {
    const { shortest } = this.#roundTrip;
    return Math.max(this.#lastAnswer, shortest === Infinity ? sent : sent + shortest);
  }

  /** Bytes of the next mark that should have been delivered by now. */
  #expected(next: Mark, now: number): number {
    const time = Math.max(0, now - this.#start(next.first));
    return Math.min(next.bytes, time * this.#rate.rate);
  }

  #onTheWay(now: number): number {
    const next = this.#marks.find((mark) => mark.bytes > 0);
    const expected = next === undefined ? 0 : this.#expected(next, now);
    return this.#marked + (this.#open?.bytes ?? 0) - expected;
  }

  /** On a line that never rests the round trip can only be measured after a pause. */
  #mustDrain(now: number): boolean {
    return this.#answersFences && this.#marked > 0 && this.#roundTrip.isDoubtful(now);
  }

  /** When the next update may begin even if no answer has come. */
  #patienceEnds(): number {
    if (this.#waitingSince !== undefined) return this.#waitingSince + PATIENCE;
    // Its answer may have been a request that came while that update was still being written.
    const last = this.#answersFences ? undefined : this.#marks.at(-1);
    return last === undefined ? Infinity : last.last + LATE_REQUEST;
  }

  #isGivenUp(now: number): boolean {
    return now >= this.#patienceEnds();
  }

  /** The first `count` marks were answered; of all that took, only `maxTime` is believed. */
  #answer(count: number, now: number, maxTime: number): Delivery {
    const marks = this.#marks.splice(0, count);
    const [first, last] = [marks[0]!, marks.at(-1)!];
    const bytes = marks.reduce((sum, mark) => sum + mark.bytes, 0);
    const blocked = marks.reduce((sum, mark) => sum + mark.blocked, 0);
    this.#waitingSince = undefined;
    this.#answers = true;
    this.#marked -= bytes;
    this.#delivered += bytes;
    this.#roundTrip.answered(now - last.last, last.alone && bytes === 0, now);
    const earliest = now - maxTime;
    const start = Math.max(this.#start(first.first), earliest);
    const handedOver = Math.max(this.#start(last.last), earliest);
    if (this.#lastAnswer > -Infinity) this.#rested += Math.max(0, start - this.#lastAnswer);
    if (bytes > 0) this.#learn(last, start, now);
    this.#lastAnswer = now;
    return { bytes, sent: first.first, time: Math.max(0, now - handedOver) + blocked };
  }

  /** @param start Since when the line has delivered what was answered now. */
  #learn(last: Mark, start: number, now: number): void {
    const from = last.alone ? start : last.deliveredUntil;
    const rested = last.alone ? 0 : this.#rested - last.rested;
    const time = now - from;
    const busy = rested <= time * MAX_REST;
    this.#rate.delivered(this.#delivered - last.delivered, time, busy, now - start);
  }
}
