import {
  extendedDesktopSize,
  RESIZE_REASON,
  RESIZE_RESULT,
} from "../../encodings/pseudo_rectangles.ts";
import type { Screen, ScreenLayout } from "../../rfb/screen.ts";
import type { SharedDesktop } from "../shared_desktop.ts";

/** Answers that wait, at most: a viewer that asks faster than it takes them loses the oldest. */
const MAX_ANSWERS = 16;

/** What a viewer's SetDesktopSize came to. */
interface Answer {
  readonly result: number;
  readonly layout: ScreenLayout;
}

/**
 * What one viewer is to be told of the screen's size and layout by ExtendedDesktopSize: the present
 * one, and how each of its own requests for another ended.
 */
export class LayoutAnnouncements {
  readonly #desktop: Pick<SharedDesktop, "frame" | "screens">;
  readonly #changed: () => void;
  #answers: Answer[] = [];
  /** Why the present layout is to be told, if it is. */
  #reason: number | undefined;

  /** @param changed Told when there is something to be sent. */
  constructor(desktop: Pick<SharedDesktop, "frame" | "screens">, changed: () => void) {
    this.#desktop = desktop;
    this.#changed = changed;
  }

  /** A request that is not incremental is how a viewer asks for the layout. */
  asked(): void {
    this.#reason ??= RESIZE_REASON.server;
  }

  /** There is another layout now. @param byViewer Whether another viewer wanted it so. */
  layoutChanged(byViewer: boolean): void {
    this.#reason = byViewer ? RESIZE_REASON.otherClient : RESIZE_REASON.server;
    this.#changed();
  }

  /** The viewer's SetDesktopSize has been dealt with. @param layout As it asked for it. */
  answer(result: number, layout: ScreenLayout): void {
    this.#answers.push({ result, layout });
    if (this.#answers.length > MAX_ANSWERS) this.#answers.shift();
    this.#changed();
  }

  /**
   * Takes the rectangles that tell it out of the state, for an update without pixels.
   * @param size Of the viewer's framebuffer.
   */
  nextRectangles(size: { readonly width: number; readonly height: number }): Uint8Array[] {
    const [answers, reason] = [this.#answers, this.#reason];
    [this.#answers, this.#reason] = [[], undefined];
    const told = answers.findLast(({ result }) => result === RESIZE_RESULT.noError)?.layout ?? size;
    const { width, height } = this.#desktop.frame;
    const isNews = told.width !== width || told.height !== height;
    const rectangles = answers.map(({ result, layout }) =>
      extendedDesktopSize(RESIZE_REASON.client, result, layout)
    );
    if (isNews || reason !== undefined) {
      const layout = { width, height, screens: this.#desktop.screens.map(withoutFlags) };
      const { noError } = RESIZE_RESULT;
      rectangles.push(extendedDesktopSize(reason ?? RESIZE_REASON.server, noError, layout));
    }
    return rectangles;
  }
}

function withoutFlags(screen: SharedDesktop["screens"][number]): Screen {
  return { ...screen, flags: 0 };
}
