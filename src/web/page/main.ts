import { SharedClipboard } from "./clipboard.ts";
import type { DesktopView } from "./desktop_view.ts";
import { byId } from "./dom.ts";
import { Meter } from "./figures.ts";
import { FiguresPanel } from "./figures_panel.ts";
import { offerFullScreen } from "./full_screen.ts";
import { warnIfInsecure } from "./insecure_notice.ts";
import { KeysMenu } from "./keys_menu.ts";
import { LoginDialog } from "./login_dialog.ts";
import { Notice } from "./notice.ts";
import { closePanels, placePanel } from "./panels.ts";
import { pasteWithKeys } from "./paste.ts";
import { Session, type SessionState } from "./session.ts";
import { loadSettings, type Settings } from "./settings.ts";
import { SettingsPanel } from "./settings_panel.ts";
import { toast } from "./toast.ts";
import { Toolbar } from "./toolbar.ts";
import { TouchKeyboard } from "./touch_keyboard.ts";

/** Milliseconds between two looks at the connection. */
const LOOK_EVERY = 1000;
/** A server that says nothing for so many milliseconds, though it was asked, is gone. */
const SILENCE = 20_000;

const IN_WORDS: Readonly<Record<SessionState["name"], string>> = {
  connecting: "Connecting…",
  login: "Log in to see the desktop",
  connected: "Connected",
  reconnecting: "Reconnecting…",
  disconnected: "Disconnected",
};

const hasTouch = matchMedia("(any-pointer: coarse)");
const lastPicture = byId("last-picture", HTMLElement);
const moveButton = byId("move", HTMLButtonElement);

const meter = new Meter();
let heardAt = 0;

const session = new Session(byId("screen", HTMLElement), loadSettings().quality, {
  state: show,
  view: (view) => applyTo(view, settingsPanel.settings),
  lost: ({ picture }) => {
    // The last picture stays until there is another.
    if (picture !== undefined) lastPicture.replaceChildren(picture);
  },
  received: (bytes) => {
    heardAt = performance.now();
    meter.addBytes(heardAt, bytes);
  },
  frame: (pixels) => {
    lastPicture.replaceChildren();
    meter.addFrame(performance.now(), pixels);
  },
  roundTrip: (milliseconds) => meter.addRoundTrip(milliseconds),
  desktopName: (name) => document.title = name || "vncd",
  copiedOnDesktop: (text) => clipboard.receive(text),
  clipping: (isClipping) => {
    moveButton.hidden = !isClipping;
    if (!isClipping) moveView(false);
  },
});

const settingsPanel = new SettingsPanel(loadSettings(), apply);
const figuresPanel = new FiguresPanel();
const notice = new Notice(() =>
  session.state.name === "disconnected" ? session.connect() : session.reconnectNow()
);
const login = new LoginDialog(
  (credentials) => session.logIn(credentials),
  () => session.disconnect(),
);
const toolbar = new Toolbar(
  (isUnfolded) => settingsPanel.change({ toolbar: isUnfolded }),
  () => session.view?.focus(),
);
const keysMenu = new KeysMenu((key, isDown) => session.view?.sendKey(key.keysym, key.code, isDown));
const clipboard = new SharedClipboard((text) =>
  session.view?.viewOnly ? undefined : session.view?.copyToDesktop(text)
);
const keyboardButton = byId("keyboard", HTMLButtonElement);
const touchKeyboard = new TouchKeyboard(
  (keysym, code, isDown) => session.view?.sendKey(keysym, code, isDown),
  (isShown) => {
    keyboardButton.ariaPressed = String(isShown);
    apply(settingsPanel.settings);
  },
);

/** The session is in another state. */
function show(state: SessionState): void {
  document.documentElement.dataset.state = state.name;
  notice.show(state);
  enableToolbar();
  if (state.name === "login") login.show(state.asksName, state.refusal);
  else if (state.name === "connecting") login.wait();
  else login.close();
  // While the dialog is open, screen readers know of nothing else.
  const why = "why" in state ? state.why : undefined;
  byId("status", HTMLElement).textContent = `${IN_WORDS[state.name]} ${why ?? ""}`.trim();
  if (state.name === "connected") begin();
  else keysMenu.release();
  if (state.name === "disconnected") lastPicture.replaceChildren();
  if (state.name === "disconnected" || state.name === "login") closePanels();
  if (state.name === "disconnected") notice.focus();
}

function begin(): void {
  meter.reset();
  heardAt = performance.now();
  clipboard.begin();
  const { activeElement } = document;
  // What has gone away has the focus until the next frame, in some browsers for longer.
  if (activeElement === document.body || !activeElement?.checkVisibility()) {
    session.view?.focus({ preventScroll: true });
  }
}

function apply(settings: Settings): void {
  session.quality = settings.quality;
  figuresPanel.isShown = settings.figures;
  // As long as the desktop still listens.
  if (settings.viewOnly) keysMenu.release();
  if (session.view !== undefined) applyTo(session.view, settings);
  enableToolbar();
}

function enableToolbar(): void {
  const isConnected = session.view !== undefined;
  toolbar.enable(isConnected, isConnected && !settingsPanel.settings.viewOnly);
}

function applyTo(view: DesktopView, { size, viewOnly }: Settings): void {
  // Where the desktop can't become as large as the window it is fitted into it.
  view.scaleViewport = size !== "actual";
  view.resizeSession = size === "resize" && !touchKeyboard.isShown;
  // A tap there is no reason to put the keyboard away.
  view.focusOnClick = !touchKeyboard.isShown;
  // Fingers act on the desktop, so they can't scroll.
  view.clipViewport = hasTouch.matches;
  view.viewOnly = viewOnly;
}

function moveView(isMoving: boolean): void {
  moveButton.ariaPressed = String(isMoving);
  if (session.view !== undefined) session.view.dragViewport = isMoving;
}

/** Something went wrong that nobody has foreseen. */
function tellFault(message: string): void {
  if (!session.isTrying) toast(message);
  // Outside of secure contexts browsers have no cryptography, which some ways to log in need.
  else session.fail(isSecureContext ? message : "The browser can’t log in here without https.");
}

function look(): void {
  const { view } = session;
  if (view === undefined) return;
  const now = performance.now();
  view.sendFence();
  if (Math.min(view.silence, now - heardAt) > SILENCE) session.giveUp();
  figuresPanel.show(meter.figures(now));
}

toolbar.isUnfolded = settingsPanel.settings.toolbar;
figuresPanel.isShown = settingsPanel.settings.figures;
placePanel("keys-menu", "keys");
placePanel("clipboard-panel", "clipboard", true);
placePanel("settings-panel", "settings");
offerFullScreen();
pasteWithKeys(() => session.view, (text) => clipboard.give(text));
moveButton.addEventListener("click", () => moveView(moveButton.ariaPressed !== "true"));
keyboardButton.addEventListener("click", () => touchKeyboard.toggle());
byId("keyboard-item", HTMLButtonElement).addEventListener("click", () => {
  byId("keys-menu", HTMLElement).hidePopover();
  touchKeyboard.toggle();
});
byId("disconnect", HTMLButtonElement).addEventListener("click", () => session.disconnect());
document.documentElement.classList.toggle("has-touch", hasTouch.matches);
addEventListener("online", () => session.reconnectNow());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") session.reconnectNow();
});
// Without an error it is only that a ResizeObserver has to wait for the next frame.
addEventListener("error", ({ error, message }) => error && tellFault(message));
addEventListener("unhandledrejection", ({ reason }) => tellFault(String(reason)));
const screen = byId("screen", HTMLElement);
screen.addEventListener("click", () => {
  // Beside the desktop, too; there noVNC doesn't care.
  if (!touchKeyboard.isShown) session.view?.focus({ preventScroll: true });
});
screen.addEventListener("pointerdown", ({ target }) => {
  // Whoever moves the view needs the bar to end that.
  if (target instanceof Element && moveButton.ariaPressed !== "true") toolbar.giveWay(target);
});
setInterval(look, LOOK_EVERY);

await warnIfInsecure();
session.connect();
