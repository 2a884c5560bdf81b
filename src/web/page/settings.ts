import { EXACT } from "./encodings.ts";

/** How the picture is fitted into the window. */
export const SIZES = ["fit", "actual", "resize"] as const;
export type Size = typeof SIZES[number];

/** What the user has chosen; kept for the next time. */
export interface Settings {
  readonly size: Size;
  /** 0 to 9 for JPEG, or {@linkcode EXACT}. */
  readonly quality: number;
  readonly viewOnly: boolean;
  readonly figures: boolean;
  readonly toolbar: boolean;
}

const DEFAULTS: Settings = {
  size: "fit",
  quality: 6,
  viewOnly: false,
  figures: false,
  toolbar: true,
};

const KEY = "vncd";

/** Settings of what was stored; whatever of it makes no sense is as it is by default. */
export function parseSettings(stored: string | null): Settings {
  const { size, quality, ...switches } = DEFAULTS;
  let found: Partial<Record<string, unknown>>;
  try {
    found = Object(JSON.parse(stored ?? "{}"));
  } catch {
    return DEFAULTS;
  }
  const isQuality = Number.isInteger(found.quality) &&
    Number(found.quality) >= 0 && Number(found.quality) <= EXACT;
  const isOn = (name: keyof typeof switches) =>
    typeof found[name] === "boolean" ? found[name] : switches[name];
  return {
    size: SIZES.find((known) => known === found.size) ?? size,
    quality: isQuality ? Number(found.quality) : quality,
    viewOnly: isOn("viewOnly"),
    figures: isOn("figures"),
    toolbar: isOn("toolbar"),
  };
}

/** The settings of last time. */
export function loadSettings(): Settings {
  try {
    return parseSettings(localStorage.getItem(KEY));
  } catch {
    // The browser is set to store nothing.
    return DEFAULTS;
  }
}

/** Keeps the settings for the next time, where the browser lets it. */
export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // They hold until the page is closed.
  }
}
