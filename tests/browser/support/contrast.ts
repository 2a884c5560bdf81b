import type { Page } from "playwright-core";

/** WCAG 2's level AA: the least contrast of text, and of large text. */
const [LEAST, LEAST_OF_LARGE] = [4.5, 3];
/** From so many pixels of CSS on text is large; from so many where it is bold. */
const [LARGE, LARGE_AND_BOLD] = [24, 18.66];

/** What the browser says of a text that can be seen. */
interface SeenText {
  readonly text: string;
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
  /** The colours below it, from its own element's on up. */
  readonly backgrounds: readonly string[];
}

// Runs in the browser. What is disabled is exempt, and so is what nobody sees.
const COLLECT_TEXTS = `
  (() => {
    const seen = [];
    const collect = (element, text) => {
      const style = getComputedStyle(element);
      const backgrounds = [];
      for (let at = element; at !== null; at = at.parentElement) {
        backgrounds.push(getComputedStyle(at).backgroundColor);
        // Nothing of the page is meant to be below a dialog or a panel.
        if (at.matches("dialog:modal, :popover-open")) break;
      }
      seen.push({
        text,
        size: parseFloat(style.fontSize),
        weight: Number(style.fontWeight),
        colour: style.color,
        backgrounds,
      });
    };
    for (const element of document.body.querySelectorAll("*")) {
      const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!visible || element.closest(":disabled, [inert], script, .unseen, canvas")) continue;
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ data }) => data.trim()).join("");
      if (own !== "") collect(element, own);
      const isField = element.matches("textarea, input:not([type]), input[type=password]");
      if (isField && element.value !== "") collect(element, element.value);
    }
    return seen;
  })()
`;

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

function parseColour(text: string): Colour {
  const numbers = text.match(/^rgba?\((.*)\)$/)?.[1]?.split(/[\s,/]+/).map(Number);
  if (numbers === undefined || numbers.some(Number.isNaN)) throw new Error(`a colour: ${text}`);
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
  return [red, green, blue, alpha];
}

/** What is seen of two colours, one over the other. */
function over([red, green, blue, alpha]: Colour, below: Colour): Colour {
  const mix = (upper: number, lower: number) => upper * alpha + lower * (1 - alpha);
  return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), 1];
}

/** WCAG's relative luminance. */
function luminance([red, green, blue]: Colour): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: Colour, b: Colour): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter! + 0.05) / (darker! + 0.05);
}

/** Any desktop may be below the page; the worst are these. */
const DESKTOPS: readonly Colour[] = [[0, 0, 0, 1], [255, 255, 255, 1]];

function worstContrast({ colour, backgrounds }: SeenText): number {
  const layers = backgrounds.map(parseColour);
  return Math.min(...DESKTOPS.map((desktop) => {
    const background = layers.reduceRight((below, layer) => over(layer, below), desktop);
    return contrast(over(parseColour(colour), background), background);
  }));
}

/** The texts of a page that are too faint to read, each with its contrast. */
export async function faintTexts(page: Page): Promise<string[]> {
  const texts = await page.evaluate<SeenText[]>(COLLECT_TEXTS);
  if (texts.length === 0) throw new Error("the page has no text");
  return texts.flatMap((seen) => {
    const isLarge = seen.size >= LARGE || seen.size >= LARGE_AND_BOLD && seen.weight >= 700;
    const found = worstContrast(seen);
    return found >= (isLarge ? LEAST_OF_LARGE : LEAST)
      ? []
      : [`"${seen.text}" has a contrast of ${found.toFixed(2)}`];
  });
}
