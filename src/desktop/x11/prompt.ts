import type { Logger } from "../../log.ts";
import { Keysym, keysymToText } from "../keysym.ts";
import type { Answer, Question } from "../question.ts";
import { Connection } from "./connection.ts";
import { PromptPicture } from "./prompt_picture.ts";
import { PromptWindow } from "./prompt_window.ts";
import {
  LITTLE_ENDIAN,
  outInt,
  outLong,
  XAnyEvent,
  XButtonEvent,
  XClientMessageEvent,
  XKeyEvent,
} from "./structs.ts";
import { WindowImage } from "./window_image.ts";

const KEY_PRESS = 2;
const BUTTON_PRESS = 4;
const BUTTON_RELEASE = 5;
const MOTION_NOTIFY = 6;
const LEAVE_NOTIFY = 8;
const EXPOSE = 12;
const DESTROY_NOTIFY = 17;
const CLIENT_MESSAGE = 33;

/** The modifiers that make a key a command: Control, Alt, Super. */
const COMMAND_MASK = 4 | 8 | 64;

/**
 * Milliseconds in which clicks don't count after the prompt has come up, nor keys after any other
 * key: so nobody answers who was about to click elsewhere, or is writing.
 */
const CALM = 1000;

/**
 * Asks by a window in the middle of the screen. It has a connection of its own to the X server, and
 * goes with it; whatever ends it but an answer counts as refused.
 * @param display The X display's name.
 * @param signal Withdraws the question.
 * @throws {PlatformError} When the display can't be opened.
 */
export async function askByPrompt(
  display: string,
  question: Question,
  signal: AbortSignal,
  log: Logger,
  calm: number = CALM,
): Promise<Answer> {
  if (signal.aborted) return "refuse";
  const connection = new Connection(display, log, []);
  try {
    const prompt = new Prompt(connection, question, calm);
    const withdraw = () => prompt.answer("refuse");
    signal.addEventListener("abort", withdraw, { once: true });
    const answer = await prompt.answered;
    signal.removeEventListener("abort", withdraw);
    prompt.close();
    return answer;
  } finally {
    connection.close();
  }
}

/** The window with a question, from its coming up to its answer. */
class Prompt {
  readonly answered: Promise<Answer>;
  /** Answers, for whoever did; only the first counts. */
  readonly answer: (answer: Answer) => void;
  readonly #connection: Connection;
  readonly #picture: PromptPicture;
  readonly #image: WindowImage;
  readonly #window: PromptWindow;
  readonly #calm: number;
  readonly #shown = performance.now();
  readonly #timer: ReturnType<typeof setInterval>;
  #lastKey = -Infinity;

  constructor(connection: Connection, question: Question, calm: number) {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.answered = promise;
    this.answer = resolve;
    this.#connection = connection;
    this.#calm = calm;
    this.#picture = new PromptPicture(question, resolve);
    const { width, height } = this.#picture;
    this.#image = new WindowImage(connection, width, height);
    this.#window = new PromptWindow(connection, width, height);
    this.#handleEvents();
    this.#window.show();
    connection.settle();
    this.#timer = setInterval(() => {
      const passed = Math.floor((performance.now() - this.#shown) / 1000);
      this.#picture.seconds = Math.max(0, question.seconds - passed);
      this.#draw();
      connection.settle();
    }, 1000);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#image.close();
  }

  #handleEvents(): void {
    const connection = this.#connection;
    connection.onDeath(() => this.answer("refuse"));
    connection.on(DESTROY_NOTIFY, () => this.answer("refuse"));
    connection.on(CLIENT_MESSAGE, (event) => {
      const message = event.getBigUint64(XClientMessageEvent.data, LITTLE_ENDIAN);
      if (message === this.#window.deleteMessage) this.answer("refuse");
    });
    connection.on(EXPOSE, () => this.#draw());
    connection.on(KEY_PRESS, (event) => this.#key(event));
    connection.on(MOTION_NOTIFY, (event) => this.#pointer(event, undefined));
    connection.on(BUTTON_PRESS, (event) => this.#button(event, 1));
    connection.on(BUTTON_RELEASE, (event) => this.#button(event, 0));
    connection.on(LEAVE_NOTIFY, () => {
      this.#picture.leave();
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.#connection.isAlive) return;
    this.#picture.draw(this.#image.frame);
    this.#image.show(this.#window.id);
  }

  #button(event: DataView, buttons: number): void {
    const isLeft = event.getUint32(XButtonEvent.button, LITTLE_ENDIAN) === 1;
    if (isLeft && !isSent(event) && this.#isCalmSince(this.#shown)) this.#pointer(event, buttons);
  }

  #pointer(event: DataView, buttons: number | undefined): void {
    const x = event.getInt32(XButtonEvent.x, LITTLE_ENDIAN);
    const y = event.getInt32(XButtonEvent.y, LITTLE_ENDIAN);
    this.#picture.pointer(x, y, buttons);
    this.#draw();
  }

  #key(event: DataView): void {
    const state = event.getUint32(XKeyEvent.state, LITTLE_ENDIAN);
    const keysym = this.#keysymOf(event.getUint32(XKeyEvent.keycode, LITTLE_ENDIAN), state);
    if (isSent(event) || (keysym >= Keysym.Shift_L && keysym <= Keysym.Hyper_R)) return;
    const isCalm = this.#isCalmSince(this.#shown) && this.#isCalmSince(this.#lastKey);
    this.#lastKey = performance.now();
    if (!isCalm || (state & COMMAND_MASK) !== 0) return;
    const answer = keysym === Keysym.Escape
      ? "refuse"
      : this.#picture.answerOf(keysymToText(keysym) ?? "");
    if (answer !== undefined) this.answer(answer);
  }

  #keysymOf(keycode: number, state: number): number {
    const { display, libraries: { x11 } } = this.#connection;
    const keysym = outLong();
    x11.XkbLookupKeySym(display, keycode, state, outInt(), keysym);
    return Number(keysym[0]!);
  }

  #isCalmSince(time: number): boolean {
    return performance.now() - time >= this.#calm;
  }
}

/** Whether another program sent an event: such a one is no answer of a person's. */
function isSent(event: DataView): boolean {
  return event.getInt32(XAnyEvent.send_event, LITTLE_ENDIAN) !== 0;
}
