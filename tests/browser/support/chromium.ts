import { AssertionError } from "@std/assert";
import type { Browser, BrowserContext } from "playwright-core";
import { DesktopPage, type PageOptions } from "./desktop_page.ts";

// On Linux the first thing that playwright does is to look below /proc whether it is in Windows,
// which only --allow-all permits; its own tests keep it from that.
const LEAVE_PROC_ALONE = "__IS_WSL_TEST__";
Deno.env.set(LEAVE_PROC_ALONE, "1");
const { chromium } = await import("playwright-core");
Deno.env.delete(LEAVE_PROC_ALONE);

const ARGS = [
  // Root gets no sandbox, and what is opened is vncd's page alone.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // The names in documentation lead here.
  "--host-resolver-rules=MAP *.example.org 127.0.0.1",
];

/** Starts Debian's Chromium without a window; what it keeps on disk goes when it is closed. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGS });
}

/**
 * Starts it as people do, with none of the settings that playwright has for tests: only then it opens
 * connections that it may need later.
 */
export async function launchUsualChromium(): Promise<
  AsyncDisposable & Pick<BrowserContext, "newPage">
> {
  const profile = await Deno.makeTempDir();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    ignoreDefaultArgs: true,
    args: ["--headless", "--remote-debugging-pipe", `--user-data-dir=${profile}`, ...ARGS],
  });
  return {
    newPage: () => context.newPage(),
    async [Symbol.asyncDispose]() {
      await context.close();
      await Deno.remove(profile, { recursive: true });
    },
  };
}

/** The one Chromium of all the tests of a file. */
export class Chromium {
  #browser: Browser | undefined;
  /** What is wrong in the pages of the test that runs. */
  #complaints: string[] = [];

  /**
   * To be made at the top of a file: starts before its tests and ends after them. A test fails in
   * whose pages something was wrong: an error on the console, one that nobody caught, a violation of
   * the Content-Security-Policy, a request to another server.
   */
  constructor() {
    Deno.test.beforeAll(async () => void (this.#browser = await launchChromium()));
    Deno.test.afterAll(() => this.#browser?.close());
    Deno.test.beforeEach(() => void (this.#complaints = []));
    Deno.test.afterEach(() => {
      if (this.#complaints.length > 0) throw new AssertionError(this.#complaints.join("\n"));
    });
  }

  /** Opens vncd's page; nothing is stored in the browser yet. */
  async open(url: string, options: PageOptions = {}): Promise<DesktopPage> {
    // Kept by this test's pages, even if one should be late.
    const complaints = this.#complaints;
    return await DesktopPage.open(this.#browser!, url, options, (what) => complaints.push(what));
  }
}
