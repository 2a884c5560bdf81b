import { byId } from "./dom.ts";
import { toast } from "./toast.ts";

/** Milliseconds after the last letter typed into the panel. */
const TYPING_PAUSE = 300;

/** Bytes that vncd takes of a text, in UTF-8. */
const MOST = 1 << 20;

const HINT_MANUAL = "Text put here goes to the desktop; what is copied there appears here.";
const HINT_SHARED = "Shared with this device’s clipboard by itself.";

/**
 * The clipboard, this device's and the desktop's: a panel with its text, and where the browser lets
 * the page read and write this device's, both are the same without it.
 */
export class SharedClipboard {
  readonly #send: (text: string) => Promise<void> | undefined;
  readonly #panel = byId("clipboard-panel", HTMLElement);
  readonly #text = byId("clipboard-text", HTMLTextAreaElement);
  readonly #hint = byId("clipboard-hint", HTMLElement);
  readonly #share = byId("clipboard-share", HTMLButtonElement);
  /** What the desktop is known to have. */
  #onDesktop = "";
  /** What this device had when the page last knew: only what is newer goes to the desktop by itself. */
  #onDevice = "";
  /** What the browser wouldn't let the page write yet. */
  #unwritten: string | undefined;
  #typing: number | undefined;

  /** @param send Hands a text to the desktop and settles when it is there; or can't at all. */
  constructor(send: (text: string) => Promise<void> | undefined) {
    this.#send = send;
    this.#text.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.give(this.#text.value), TYPING_PAUSE);
    });
    this.#text.addEventListener("change", () => this.give(this.#text.value));
    this.#panel.addEventListener("toggle", () => this.#describe());
    this.#share.addEventListener("click", async () => {
      // The browser asks the user.
      await this.#read();
      await this.#describe();
    });
    addEventListener("focus", () => this.synchronize());
    // Some browsers let a page write only just after the user has done something there.
    addEventListener("pointerdown", () => this.#write(), { capture: true });
    addEventListener("keydown", () => this.#write(), { capture: true });
  }

  /** Another connection begins: the desktop may have lost what it was given. */
  begin(): void {
    this.#onDesktop = "";
    this.synchronize();
  }

  /** The desktop has copied a text. */
  receive(text: string): void {
    if (text === "") return;
    this.#onDesktop = text;
    this.#text.value = text;
    this.#unwritten = text;
    this.#write();
  }

  /** Hands a text to the desktop, if that hasn't it yet; settles when it is there. */
  async give(text: string): Promise<void> {
    clearTimeout(this.#typing);
    if (text === this.#onDesktop) return;
    if (text.length > MOST || new TextEncoder().encode(text).length > MOST) {
      toast("The desktop’s clipboard takes no more than 1 MB");
      return;
    }
    const sent = this.#send(text);
    if (sent === undefined) return;
    this.#onDesktop = text;
    this.#text.value = text;
    await sent;
  }

  /** Brings both sides together, where that bothers nobody with questions. */
  async synchronize(): Promise<void> {
    this.#write();
    if (await readPermission() === "granted") await this.#read();
  }

  async #read(): Promise<void> {
    try {
      // Lines end as they do on the desktop and in the panel, so that the same text is the same.
      const text = (await navigator.clipboard.readText()).replaceAll("\r\n", "\n");
      if (text === "" || text === this.#onDevice) return;
      this.#onDevice = text;
      await this.give(text);
    } catch {
      // Not allowed, or the page has lost the focus meanwhile: there is still the panel.
    }
  }

  async #write(): Promise<void> {
    const text = this.#unwritten;
    // Without encryption there is no navigator.clipboard.
    if (text === undefined || !isSecureContext) return;
    try {
      await navigator.clipboard.writeText(text);
      this.#onDevice = text;
      if (this.#unwritten === text) this.#unwritten = undefined;
    } catch {
      // Not now: at the next click, key, or return to the page.
    }
  }

  async #describe(): Promise<void> {
    const permission = await readPermission();
    this.#share.hidden = permission !== "prompt";
    this.#hint.textContent = permission === "granted" ? HINT_SHARED : HINT_MANUAL;
  }
}

/** Undefined where a browser has no such permission: it asks each time, or never lets a page read. */
async function readPermission(): Promise<PermissionState | undefined> {
  if (!isSecureContext) return undefined;
  try {
    const name = "clipboard-read" as PermissionName;
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return undefined;
  }
}
