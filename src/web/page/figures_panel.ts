import { byId } from "./dom.ts";
import { bandwidthText, type Figures, latencyText } from "./figures.ts";

const NONE = "–";

/** The small panel with how the connection does. */
export class FiguresPanel {
  readonly #panel = byId("figures", HTMLElement);
  readonly #frames = byId("figure-frames", HTMLElement);
  readonly #latency = byId("figure-latency", HTMLElement);
  readonly #bandwidth = byId("figure-bandwidth", HTMLElement);
  readonly #encoding = byId("figure-encoding", HTMLElement);

  set isShown(isShown: boolean) {
    this.#panel.hidden = !isShown;
  }

  show({ framesPerSecond, latency, bitsPerSecond, encoding }: Figures): void {
    this.#frames.textContent = framesPerSecond.toFixed(0);
    this.#latency.textContent = latency === undefined ? NONE : latencyText(latency);
    this.#bandwidth.textContent = bandwidthText(bitsPerSecond);
    this.#encoding.textContent = encoding ?? NONE;
  }
}
