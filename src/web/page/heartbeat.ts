import type { DesktopView } from "./desktop_view.ts";

/** Milliseconds between two looks at the connection. */
const LOOK_EVERY = 1000;
/** A server that says nothing for so many milliseconds, though it was asked, is gone. */
const SILENCE = 20_000;

/** Finds out whether the server is still there: nobody tells of a line that was cut. */
export class Heartbeat {
  #heardAt = 0;

  /**
   * @param currentView The view while it is connected.
   * @param alive Told each second while the server is there.
   * @param dead Told that it isn't any more.
   */
  constructor(
    currentView: () => DesktopView | undefined,
    alive: () => void,
    dead: () => void,
  ) {
    setInterval(() => {
      const view = currentView();
      if (view === undefined) return;
      view.sendFence();
      if (Math.min(view.silence, performance.now() - this.#heardAt) > SILENCE) dead();
      else alive();
    }, LOOK_EVERY);
  }

  /** Something has come from the server. */
  heard(): void {
    this.#heardAt = performance.now();
  }
}
