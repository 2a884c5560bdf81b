import { SharedClipboard } from "./clipboard.ts";
import { byId, isFocusFree } from "./dom.ts";
import { tellFaults } from "./faults.ts";
import { Meter } from "./figures.ts";
import { FiguresPanel } from "./figures_panel.ts";
import { offerFullScreen } from "./full_screen.ts";
import { Heartbeat } from "./heartbeat.ts";
import { warnIfInsecure } from "./insecure_notice.ts";
import { KeysMenu } from "./keys_menu.ts";
import { LoginDialog } from "./login_dialog.ts";
import { MoveButton } from "./move_button.ts";
import { Notice } from "./notice.ts";
import { closePanels, placePanel } from "./panels.ts";
import { pasteWithKeys } from "./paste.ts";
import { Session, type SessionState } from "./session.ts";
import { loadSettings, type Settings } from "./settings.ts";
import { SettingsPanel } from "./settings_panel.ts";
import { stateWords } from "./state_words.ts";
import { Toolbar } from "./toolbar.ts";
import { TouchKeyboard } from "./touch_keyboard.ts";
import { applySettings, hasTouch } from "./view_settings.ts";

const screen = byId("screen", HTMLElement);
const lastPicture = byId("last-picture", HTMLElement);
const meter = new Meter();

const session = new Session(screen, loadSettings().quality, {
  state: show,
  view: (view) => applySettings(view, settingsPanel.settings, touchKeyboard.isShown),
  lost: ({ picture }) => {
    // The last picture stays until there is another.
    if (picture !== undefined) lastPicture.replaceChildren(picture);
  },
  received: (bytes) => {
    heartbeat.heard();
    meter.addBytes(performance.now(), bytes);
  },
  frame: (pixels) => {
    lastPicture.replaceChildren();
    meter.addFrame(performance.now(), pixels);
  },
  roundTrip: (milliseconds) => meter.addRoundTrip(milliseconds),
  desktopName: (name) => document.title = name || "vncd",
  copiedOnDesktop: (text) => clipboard.receive(text),
  clipping: (isClipping) => moveButton.offer(isClipping),
});

const settingsPanel = new SettingsPanel(loadSettings(), apply);
const figuresPanel = new FiguresPanel();
const heartbeat = new Heartbeat(
  () => session.view,
  () => figuresPanel.show(meter.figures(performance.now())),
  () => session.giveUp(),
);
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
const moveButton = new MoveButton((isMoving) => {
  if (session.view !== undefined) session.view.dragViewport = isMoving;
});
const touchKeyboard = new TouchKeyboard(
  (keysym, code, isDown) => session.view?.sendKey(keysym, code, isDown),
  () => apply(settingsPanel.settings),
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
  byId("status", HTMLElement).textContent = `${stateWords(state)} ${why ?? ""}`.trim();
  if (state.name === "connected") begin();
  else keysMenu.release();
  if (state.name === "disconnected") lastPicture.replaceChildren();
  if (state.name === "disconnected" || state.name === "login") closePanels();
  if (state.name === "disconnected") notice.focus();
}

function begin(): void {
  meter.reset();
  clipboard.begin();
  if (isFocusFree()) session.view?.focus({ preventScroll: true });
}

function apply(settings: Settings): void {
  session.quality = settings.quality;
  figuresPanel.isShown = settings.figures;
  // As long as the desktop still listens.
  if (settings.viewOnly) keysMenu.release();
  if (session.view !== undefined) applySettings(session.view, settings, touchKeyboard.isShown);
  enableToolbar();
}

function enableToolbar(): void {
  const isConnected = session.view !== undefined;
  toolbar.enable(isConnected, isConnected && !settingsPanel.settings.viewOnly);
}

toolbar.isUnfolded = settingsPanel.settings.toolbar;
figuresPanel.isShown = settingsPanel.settings.figures;
placePanel("keys-menu", "keys");
placePanel("clipboard-panel", "clipboard", true);
placePanel("settings-panel", "settings");
offerFullScreen();
tellFaults(session);
pasteWithKeys(() => session.view, (text) => clipboard.give(text));
byId("disconnect", HTMLButtonElement).addEventListener("click", () => session.disconnect());
document.documentElement.classList.toggle("has-touch", hasTouch());
addEventListener("online", () => session.reconnectNow());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") session.reconnectNow();
});
screen.addEventListener("click", () => {
  // Beside the desktop, too; there noVNC doesn't care.
  if (!touchKeyboard.isShown) session.view?.focus({ preventScroll: true });
});
screen.addEventListener("pointerdown", ({ target }) => {
  // Whoever moves the view needs the bar to end that.
  if (target instanceof Element && !moveButton.isMoving) toolbar.giveWay(target);
});

await warnIfInsecure();
session.connect();
