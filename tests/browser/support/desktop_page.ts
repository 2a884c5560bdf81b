import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
} from "playwright-core";
import { AssertionError } from "@std/assert";
import type { Secrets } from "../../support/logins.ts";
import { PATIENCE, until } from "../../support/until.ts";
import type { Picture } from "../../viewers/support/picture.ts";
import { watch } from "./watch.ts";

/** What the page says of its connection. */
export type PageState = "connecting" | "login" | "connected" | "reconnecting" | "disconnected";

/** How a page is opened. */
export interface PageOptions extends BrowserContextOptions {
  /** What belongs to the test of what the browser complains about. */
  readonly expects?: RegExp;
}

/** The part of a canvas that is used in the browser. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}

// Runs in the browser: nobody looks often enough to see each state.
const RECORD_STATES = `
  globalThis.seenStates = [];
  new MutationObserver(() => {
    const { state } = document.documentElement.dataset;
    if (state !== seenStates.at(-1)) seenStates.push(state);
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-state"] });
`;

/** vncd's page in a browser. Disposing of it closes it. */
export class DesktopPage implements AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The desktop's picture. */
  readonly canvas: Locator;

  private constructor(page: Page) {
    this.page = page;
    this.context = page.context();
    this.canvas = page.locator("#screen canvas");
  }

  /**
   * Opens the page in a context of its own, as in a private window.
   * @param complain Is told what is wrong in it.
   */
  static async open(
    browser: Browser,
    url: string,
    { expects, ...options }: PageOptions = {},
    complain: (what: string) => void = () => {},
  ): Promise<DesktopPage> {
    await using stack = new AsyncDisposableStack();
    const context = stack.use(await browser.newContext({ ignoreHTTPSErrors: true, ...options }));
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(RECORD_STATES);
    const page = await context.newPage();
    watch(page, new URL(url).host, (what) => {
      if (!expects?.test(what)) complain(what);
    });
    await page.goto(url);
    stack.move();
    return new DesktopPage(page);
  }

  /** A button of the page by its accessible name. */
  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Waits until the page is in a state. */
  async reaches(state: PageState): Promise<void> {
    let found: string | null = null;
    await until(`the page is ${state}`, async () => {
      found = await this.page.locator("html").getAttribute("data-state");
      return found === state || undefined;
    }).catch((error: Error) => {
      throw new AssertionError(`${error.message}; it is ${found}`);
    });
  }

  /** The states that it has been in. */
  states(): Promise<PageState[]> {
    return this.page.evaluate("seenStates");
  }

  /** Enters that in the dialog "Log in". */
  async logIn({ name, password }: Secrets): Promise<void> {
    const dialog = this.page.getByRole("dialog", { name: "Log in" });
    if (name !== undefined) await dialog.getByRole("textbox", { name: "User name" }).fill(name);
    await dialog.getByLabel("Password").fill(password);
    await dialog.getByRole("button", { name: "Connect" }).click();
  }

  /** Opens one of the toolbar's panels, for as long as `use` takes. */
  async inPanel(name: string, use: (page: Page) => Promise<void>): Promise<void> {
    await this.button(name).click();
    await use(this.page);
    await this.page.keyboard.press("Escape");
  }

  /** Wants all pixels as they are. */
  async wantExact(): Promise<void> {
    await this.inPanel("Settings", (page) => page.getByLabel("Quality").fill("10"));
  }

  /** What the canvas has, pixel for pixel: of the desktop the part that is to be seen. */
  async look(): Promise<Picture> {
    const { width, height, rgba } = await this.canvas.evaluate((canvas: Canvas) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
      return { width, height, rgba: new Uint8Array(data.buffer).toBase64() };
    });
    const bytes = new DataView(Uint8Array.fromBase64(rgba).buffer);
    const pixels = new Uint32Array(width * height);
    for (let i = 0; i < pixels.length; i++) {
      const word = bytes.getUint32(4 * i);
      // A pixel that isn't opaque is like no pixel of a screen.
      pixels[i] = word >>> 8 | (255 - (word & 255)) << 24;
    }
    return { width, height, pixels };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }
}
