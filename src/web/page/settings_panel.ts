import { byId } from "./dom.ts";
import { EXACT } from "./encodings.ts";
import { saveSettings, type Settings, SIZES } from "./settings.ts";

/** The panel where the user chooses. */
export class SettingsPanel {
  readonly #quality = byId("quality", HTMLInputElement);
  readonly #qualityText = byId("quality-text", HTMLElement);
  readonly #viewOnly = byId("view-only", HTMLInputElement);
  readonly #figures = byId("figures-shown", HTMLInputElement);
  readonly #changed: (settings: Settings) => void;
  #settings: Settings;

  /** @param changed Told of every change. */
  constructor(settings: Settings, changed: (settings: Settings) => void) {
    this.#settings = settings;
    this.#changed = changed;
    const panel = byId("settings-panel", HTMLElement);
    for (const radio of panel.querySelectorAll<HTMLInputElement>("input[name=size]")) {
      radio.checked = radio.value === settings.size;
      radio.addEventListener("change", () => {
        this.change({ size: SIZES.find((size) => size === radio.value)! });
      });
    }
    this.#quality.valueAsNumber = settings.quality;
    this.#viewOnly.checked = settings.viewOnly;
    this.#figures.checked = settings.figures;
    this.#quality.addEventListener("input", () => this.#describeQuality());
    this.#quality.addEventListener("change", () => {
      this.change({ quality: this.#quality.valueAsNumber });
    });
    this.#viewOnly.addEventListener("change", () => {
      this.change({ viewOnly: this.#viewOnly.checked });
    });
    this.#figures.addEventListener("change", () => this.change({ figures: this.#figures.checked }));
    this.#describeQuality();
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Changes some of the settings, and keeps them. */
  change(some: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...some };
    saveSettings(this.#settings);
    this.#changed(this.#settings);
  }

  #describeQuality(): void {
    const { valueAsNumber } = this.#quality;
    const text = valueAsNumber === EXACT ? "Exact" : String(valueAsNumber);
    this.#qualityText.textContent = text;
    this.#quality.ariaValueText = text;
  }
}
