import { until } from "../../support/until.ts";
import type { Xvfb } from "../../support/xvfb.ts";
import { Program } from "./program.ts";
import { findWindow } from "./window.ts";

/** What xev says about one press or release of a button. */
const BUTTON_EVENT = /^Button(Press|Release) event[^]*?root:\((\d+),(\d+)\)[^]*?button (\d+)/gm;
/** And of a key, with the name of its keysym. */
const KEY_EVENT = /^Key(Press|Release) event[^]*?keysym 0x[0-9a-f]+, (\w+)/gm;

/** A window that reports what happens in it, by `xev`. */
class EventLogger implements AsyncDisposable {
  readonly #xev: Program;

  protected constructor(xev: Program) {
    this.#xev = xev;
  }

  /** Opens a window of 600x400 at 100, 100. */
  protected static async start(desk: Xvfb, kind: "button" | "keyboard") {
    const args = ["-event", kind, "-geometry", "600x400+100+100"];
    const xev = new Program("xev", { args, env: desk.env });
    return { xev, window: await findWindow(desk, ["--name", "^Event Tester$"]) };
  }

  /** Waits for a number of events. */
  protected wait(pattern: RegExp, count: number, told: (event: RegExpExecArray) => string) {
    return until(`${count} events`, () => {
      const found = [...this.#xev.output.matchAll(pattern)].map(told);
      return found.length >= count ? found : undefined;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#xev[Symbol.asyncDispose]();
  }
}

/** A window, 600x400 at 100, 100, that reports what buttons do in it. */
export class ButtonLogger extends EventLogger {
  static async open(desk: Xvfb): Promise<ButtonLogger> {
    return new ButtonLogger((await this.start(desk, "button")).xev);
  }

  /** Waits for a number of events; each is like `Press 1 at 300,200`. */
  events(count: number): Promise<string[]> {
    return this.wait(
      BUTTON_EVENT,
      count,
      ([, what, x, y, button]) => `${what} ${button} at ${x},${y}`,
    );
  }
}

/** The events of clicks with buttons, one after the other. */
export function clicks(x: number, y: number, buttons: readonly number[]): string[] {
  return buttons.flatMap((button) => [
    `Press ${button} at ${x},${y}`,
    `Release ${button} at ${x},${y}`,
  ]);
}

/** A window with the keyboard's focus that reports what keys do. */
export class KeyLogger extends EventLogger {
  static async open(desk: Xvfb): Promise<KeyLogger> {
    const { xev, window } = await this.start(desk, "keyboard");
    await desk.run("xdotool", ["windowfocus", "--sync", window]);
    return new KeyLogger(xev);
  }

  /** Waits for a number of events; each is like `Press Super_L`. */
  events(count: number): Promise<string[]> {
    return this.wait(KEY_EVENT, count, ([, what, keysym]) => `${what} ${keysym}`);
  }
}
