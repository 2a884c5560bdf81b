import { type Logger, messageOf } from "../../log.ts";
import type { Service } from "./dispatcher.ts";
import type { SessionProcess } from "./session_process.ts";

/** What WTSGetActiveConsoleSessionId says while one session is exchanged for another. */
export const NO_SESSION = 0xffffffff;

/** Milliseconds that an agent has to part with its viewers. */
const PATIENCE = 5000;
/** Milliseconds before an agent is started again that ended by itself; they double each time. */
const RESTART_DELAY = 1000;
const LONGEST_DELAY = 60_000;
/** Milliseconds after which an agent counts as one that works. */
const SOUND = 60_000;

/** What {@linkcode AgentKeeper} needs of Windows. */
export interface Sessions {
  /** The session of the person at the screen, or {@linkcode NO_SESSION}. */
  active(): number;
  start(session: number): SessionProcess;
}

interface Agent {
  readonly session: number;
  readonly process: SessionProcess;
}

/** Keeps one vncd, the agent, running in the session of the person at the screen. */
export class AgentKeeper implements Service {
  readonly #sessions: Sessions;
  readonly #log: Pick<Logger, "info" | "warn">;
  #agent: Agent | undefined;
  /** To start an agent, or, while there is one, to see that it works. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #delay = RESTART_DELAY;
  #isStopping = false;

  constructor(sessions: Sessions, log: Pick<Logger, "info" | "warn">) {
    this.#sessions = sessions;
    this.#log = log;
  }

  start(): void {
    this.#follow();
  }

  sessionChanged(): void {
    // Another session, another reason to fail.
    if (this.#agent === undefined) this.#delay = RESTART_DELAY;
    this.#follow();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    if (this.#agent !== undefined) await this.#end(this.#agent.process);
  }

  /** Sees to it that there is an agent where the person is; one elsewhere is ended first. */
  #follow(): void {
    if (this.#isStopping) return;
    const session = this.#sessions.active();
    if (this.#agent !== undefined) {
      // Its end brings us here again.
      if (this.#agent.session !== session) this.#end(this.#agent.process);
      return;
    }
    clearTimeout(this.#timer);
    // There will be one, and a notice of it.
    if (session === NO_SESSION) return;
    try {
      this.#startAgent(session);
    } catch (error) {
      this.#log.warn(`no vncd in session ${session}: ${messageOf(error)}`);
      this.#followSoon();
    }
  }

  #startAgent(session: number): void {
    const process = this.#sessions.start(session);
    this.#agent = { session, process };
    this.#log.info(`vncd was started in session ${session}`);
    this.#timer = setTimeout(() => this.#delay = RESTART_DELAY, SOUND);
    process.ended.then(() => {
      this.#agent = undefined;
      clearTimeout(this.#timer);
      this.#log.info(`vncd has ended in session ${session}`);
      if (this.#isStopping) return;
      if (this.#sessions.active() === session) this.#followSoon();
      else this.#follow();
    });
  }

  #followSoon(): void {
    this.#timer = setTimeout(() => this.#follow(), this.#delay);
    this.#delay = Math.min(2 * this.#delay, LONGEST_DELAY);
  }

  async #end(process: SessionProcess): Promise<void> {
    process.askToEnd();
    const timer = setTimeout(() => process.terminate(), PATIENCE);
    await process.ended;
    clearTimeout(timer);
  }
}
