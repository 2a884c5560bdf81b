// @ts-types="./novnc.d.ts"
import type { Credentials } from "@novnc/novnc";
import { IMPOSSIBLE_HERE } from "../../rfb/refusals.ts";
import { DesktopSocket } from "./desktop_socket.ts";
import { DesktopView, type ViewObserver } from "./desktop_view.ts";
import { Backoff } from "./reconnection.ts";
import { parseRefusal, sentence } from "./refusal.ts";

/** Milliseconds in which a connection must be there. */
const OPEN_WITHIN = 15_000;

/** Why a connection isn't there, in words for the user. */
const UNREACHABLE = "The server can’t be reached.";
const CLOSED = "The server has closed the connection.";
const LOST = "The connection was lost.";

export type SessionState =
  | { readonly name: "connecting" | "connected" }
  | {
    readonly name: "login";
    /** Whether a user name is of use. */
    readonly asksName: boolean;
    /** Why what was entered before didn't do. */
    readonly refusal?: string;
  }
  | {
    readonly name: "reconnecting";
    readonly why: string;
    /** Whether it was connected before; else it never got so far. */
    readonly wasConnected: boolean;
    /** When it tries again, as `performance.now()`; undefined: it is trying. */
    readonly nextTry?: number;
  }
  | { readonly name: "disconnected"; readonly why: string | undefined };

/** What a session tells; those of a view, too. */
export interface SessionObserver extends ViewObserver {
  state(state: SessionState): void;
  /** A view that isn't connected yet. */
  view(view: DesktopView): void;
  /** A view's connection has ended, not by the user's wish. */
  lost(view: DesktopView): void;
  received(bytes: number): void;
  desktopName(name: string): void;
  copiedOnDesktop(text: string): void;
  clipping(isClipping: boolean): void;
}

/**
 * The connection, from one attempt to the next:
 * ```
 *      connect                 the server asks who it is
 *   ┌───────────> connecting ─────────────────────────────> login <──┐
 *   │               │    ^ │                                  │      │ refused
 *   │               │    │ └ fails ──> reconnecting <─┐       │      │
 *   │               │    └──────────────── logIn ─────┼───────┘      │
 *   │               v                                 │ breaks       │
 * disconnected <── connected ─────────────────────────┘              │
 *   ^                                  reconnecting ─────────────────┘
 *   └── disconnect, from everywhere
 * ```
 * While it is reconnecting it tries again and again, with the credentials that it knows.
 */
export class Session {
  readonly #place: HTMLElement;
  readonly #observer: SessionObserver;
  readonly #backoff = new Backoff();
  #state: SessionState = { name: "connecting" };
  #view: DesktopView | undefined;
  #credentials: Credentials | undefined;
  #asksName = false;
  #wasConnected = false;
  #timer: number | undefined;
  #quality: number;

  /** @param place Where the picture goes. */
  constructor(place: HTMLElement, quality: number, observer: SessionObserver) {
    this.#place = place;
    this.#quality = quality;
    this.#observer = observer;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The view while it is connected. */
  get view(): DesktopView | undefined {
    return this.#state.name === "connected" ? this.#view : undefined;
  }

  /** Whether a connection is being made, which what goes wrong may stop for good. */
  get isTrying(): boolean {
    const state = this.#state;
    return state.name === "connecting" ||
      (state.name === "reconnecting" && state.nextTry === undefined);
  }

  set quality(quality: number) {
    this.#quality = quality;
    if (this.#view !== undefined) this.#view.quality = quality;
  }

  connect(): void {
    this.#backoff.reset();
    this.#wasConnected = false;
    this.#enter({ name: "connecting" });
    this.#try();
  }

  /** The user has entered that, in the state login. */
  logIn(credentials: Credentials): void {
    this.#credentials = credentials;
    this.#enter({ name: "connecting" });
    if (this.#view === undefined) this.#try();
    else this.#view.sendCredentials(credentials);
  }

  /** Tries at once, if it is waiting for the next try. */
  reconnectNow(): void {
    if (this.#state.name !== "reconnecting" || this.#state.nextTry === undefined) return;
    const { why, wasConnected } = this.#state;
    this.#enter({ name: "reconnecting", why, wasConnected });
    this.#try();
  }

  /** The connection is dead, though nobody has closed it. */
  giveUp(): void {
    const view = this.#view;
    this.#leave();
    if (view !== undefined) this.#observer.lost(view);
    this.#waitToReconnect(LOST);
  }

  /** The user wants no more of it. */
  disconnect(): void {
    this.#end(undefined);
  }

  /** It can't go on, and wouldn't with another try. */
  fail(why: string): void {
    this.#end(why);
  }

  #end(why: string | undefined): void {
    this.#leave();
    this.#credentials = undefined;
    this.#enter({ name: "disconnected", why });
  }

  #enter(state: SessionState): void {
    this.#state = state;
    this.#observer.state(state);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    const view = this.#view;
    this.#view = undefined;
    view?.disconnect();
  }

  /** @param least Seconds in which a try would be in vain. */
  #waitToReconnect(why: string, least = 0): void {
    const wait = 1000 * Math.max(this.#backoff.take(), least);
    this.#timer = setTimeout(() => this.reconnectNow(), wait);
    const wasConnected = this.#wasConnected;
    this.#enter({ name: "reconnecting", why, wasConnected, nextTry: performance.now() + wait });
  }

  #try(): void {
    this.#leave();
    const link = new DesktopSocket((bytes) => this.#observer.received(bytes));
    const { socket } = link;
    this.#timer = setTimeout(() => socket.close(), OPEN_WITHIN);
    const observer = this.#observer;
    const view = new DesktopView(
      this.#place,
      socket,
      this.#credentials,
      this.#quality,
      observer,
    );
    this.#view = view;
    this.#listen(view, link);
    observer.view(view);
  }

  #listen(view: DesktopView, link: DesktopSocket): void {
    const observer = this.#observer;
    let why = UNREACHABLE;
    let refusal: string | undefined;
    let connectedAt: number | undefined;
    /** Listens as long as this is the session's view. */
    const on: DesktopView["addEventListener"] = (type, listener) =>
      view.addEventListener(type, (event) => {
        if (this.#view === view) listener(event);
      });

    link.socket.addEventListener("open", () => {
      why = CLOSED;
      if (this.#view === view) clearTimeout(this.#timer);
    });
    on("credentialsrequired", ({ detail: { types } }) => {
      this.#asksName = types.includes("username");
      this.#enter({ name: "login", asksName: this.#asksName });
    });
    // This page came from that same server: what it could show now would prove no more than that.
    on("serververification", () => view.approveServer());
    on("securityfailure", ({ detail: { reason } }) => refusal = reason ?? "refused");
    on("connect", () => {
      why = LOST;
      connectedAt = performance.now();
      this.#wasConnected = true;
      this.#enter({ name: "connected" });
    });
    on("desktopname", ({ detail: { name } }) => observer.desktopName(name));
    on("clipboard", ({ detail: { text } }) => observer.copiedOnDesktop(text));
    on("clippingviewport", ({ detail }) => observer.clipping(detail));
    on("disconnect", () => {
      this.#view = undefined;
      clearTimeout(this.#timer);
      observer.lost(view);
      if (connectedAt !== undefined) this.#backoff.lasted(performance.now() - connectedAt);
      if (link.farewell !== undefined) this.fail(sentence(link.farewell));
      else if (refusal === IMPOSSIBLE_HERE) this.fail("Logging in here needs https.");
      else if (refusal !== undefined) this.#refused(refusal, view.wasTurnedAway);
      else if (connectedAt === undefined && view.complaint !== undefined) {
        this.fail(sentence(view.complaint));
      } else if (this.#state.name !== "login") this.#waitToReconnect(why);
    });
  }

  /** @param turnedAway Whether that was before anything was proved: next time it may be let in. */
  #refused(reason: string, turnedAway: boolean): void {
    if (turnedAway) {
      const { why, wait } = parseRefusal(reason);
      this.#waitToReconnect(why, wait);
      return;
    }
    const refusal = sentence(reason);
    // The same once more would be refused once more, and might bother somebody who is asked.
    if (this.#credentials === undefined) this.fail(refusal);
    else this.#enter({ name: "login", asksName: this.#asksName, refusal });
  }
}
