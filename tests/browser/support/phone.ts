import type { CDPSession, Page } from "playwright-core";
import type { PageOptions } from "./desktop_page.ts";

/** A small phone. */
export const PHONE: PageOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 3,
  hasTouch: true,
  isMobile: true,
};

/** Where a finger is, in pixels of CSS. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Fingers on a page. */
export class Fingers {
  readonly #devTools: CDPSession;

  private constructor(devTools: CDPSession) {
    this.#devTools = devTools;
  }

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page));
  }

  /** Puts fingers down, moves them along the places of each step, and lifts them. */
  async move(first: readonly Place[], ...steps: readonly (readonly Place[])[]): Promise<void> {
    await this.down(first);
    for (const places of steps) await this.#dispatch("touchMove", places);
    await this.up();
  }

  async down(places: readonly Place[]): Promise<void> {
    await this.#dispatch("touchStart", places);
  }

  async up(): Promise<void> {
    await this.#dispatch("touchEnd", []);
  }

  async #dispatch(
    type: "touchStart" | "touchMove" | "touchEnd",
    places: readonly Place[],
  ): Promise<void> {
    const touchPoints = places.map(({ x, y }, id) => ({ x, y, id }));
    await this.#devTools.send("Input.dispatchTouchEvent", { type, touchPoints });
  }
}
