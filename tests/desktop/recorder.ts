import { until as untilAnswer } from "../support/until.ts";
import type { ClipboardContent, DesktopEvents } from "../../src/desktop/desktop.ts";

/** Counts what a desktop tells. */
export class Recorder implements DesktopEvents {
  damages = 0;
  resizes = 0;
  cursorChanges = 0;
  ledChanges = 0;
  pointerMoves = 0;
  bells = 0;
  readonly texts: string[] = [];
  readonly reasons: string[] = [];

  /** All events so far. */
  get total(): number {
    return this.damages + this.resizes + this.cursorChanges + this.ledChanges +
      this.pointerMoves + this.bells + this.texts.length + this.reasons.length;
  }

  damaged(): void {
    this.damages++;
  }
  resized(): void {
    this.resizes++;
  }
  cursorChanged(): void {
    this.cursorChanges++;
  }
  ledsChanged(): void {
    this.ledChanges++;
  }
  pointerMoved(): void {
    this.pointerMoves++;
  }
  clipboard({ text }: ClipboardContent): void {
    if (text !== undefined) this.texts.push(text);
  }
  bell(): void {
    this.bells++;
  }
  gone(reason: string): void {
    this.reasons.push(reason);
  }
}

/**
 * Waits for something to become true.
 * @param what For the failure's message, after 10 seconds: "waited in vain: ...".
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  await untilAnswer(what, async () => await condition() || undefined, 10_000);
}
