import { type Logger, messageOf } from "../../log.ts";
import type { Service } from "./dispatcher.ts";
import type { SessionProcess } from "./session_process.ts";

/** What WTSGetActiveConsoleSessionId says while one session is exchanged for another. */
export const NO_SESSION = 0xffffffff;

/** Milliseconds that an agent has to part with its viewers. */
const PATIENCE = 5000;
/** Milliseconds before an agent is started again that ended by itself. */
const RESTART_DELAY = 1000;

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
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopping = false;

  constructor(sessions: Sessions, log: Pick<Logger, "info" | "warn">) {
    this.#sessions = sessions;
    this.#log = log;
  }

  start(): void {
    this.#follow();
  }

  sessionChanged(): void {
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
    clearTimeout(this.#timer);
    const session = this.#sessions.active();
    if (this.#agent !== undefined) {
      // Its end brings us here again.
      if (this.#agent.session !== session) this.#end(this.#agent.process);
      return;
    }
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
    process.ended.then(() => {
      this.#agent = undefined;
      this.#log.info(`vncd has ended in session ${session}`);
      if (this.#isStopping) return;
      if (this.#sessions.active() === session) this.#followSoon();
      else this.#follow();
    });
  }

  #followSoon(): void {
    this.#timer = setTimeout(() => this.#follow(), RESTART_DELAY);
  }

  async #end(process: SessionProcess): Promise<void> {
    process.askToEnd();
    const timer = setTimeout(() => process.terminate(), PATIENCE);
    await process.ended;
    clearTimeout(timer);
  }
}
