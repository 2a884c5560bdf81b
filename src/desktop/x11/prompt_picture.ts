import type { Framebuffer } from "../../frame/framebuffer.ts";
import { Painter } from "../../frame/painter.ts";
import { contains } from "../../frame/rect.ts";
import { THEME } from "../widgets/theme.ts";
import { LEFT } from "../widgets/widget.ts";
import { Button } from "../widgets/button.ts";
import { type Answer, harmless, type Question } from "../question.ts";
import { drawText, fitText } from "../text/text.ts";

const WIDTH = 464;
const HEADING_HEIGHT = 56;
const ROW_HEIGHT = 22;
const MARGIN = 24;
const GAP = 12;

/** Where the second column begins. */
const VALUES = 100;

/** What can be answered, and the key for it. */
const CHOICES: readonly { answer: Answer; label: string; key: string }[] = [
  { answer: "accept", label: "Allow", key: "y" },
  { answer: "view", label: "Watch only", key: "w" },
  { answer: "refuse", label: "Refuse", key: "n" },
];

/** What a prompt looks like, and which part of it means what. */
export class PromptPicture {
  readonly width = WIDTH;
  readonly height: number;
  /** How long there is left to answer. */
  seconds: number;
  readonly #rows: readonly (readonly [what: string, value: string])[];
  readonly #choices: readonly (typeof CHOICES)[number][];
  readonly #buttons: readonly { readonly button: Button; readonly x: number; readonly y: number }[];
  #held = 0;

  /** @param answer Called when a button has been clicked. */
  constructor(question: Question, answer: (answer: Answer) => void) {
    const { peer, user, control, seconds } = question;
    this.seconds = seconds;
    this.#rows = [
      ["From", peer],
      ...user === undefined ? [] : [["Name", harmless(user)] as const],
      ["Wants", control ? "to see and control this desktop" : "to watch this desktop"],
    ];
    // Who asks to watch has nothing else to be allowed.
    this.#choices = CHOICES.filter((choice) => control || choice.answer !== "view");
    const y = HEADING_HEIGHT + GAP + this.#rows.length * ROW_HEIGHT + 2 * GAP;
    const count = this.#choices.length;
    const width = Math.floor((WIDTH - 2 * MARGIN - (count - 1) * GAP) / count);
    this.#buttons = this.#choices.map((choice, i) => {
      const label = `${choice.label} (${choice.key})`;
      const button = new Button(width, label, () => answer(choice.answer));
      return { button, x: MARGIN + i * (width + GAP), y };
    });
    this.height = y + 24 + GAP + ROW_HEIGHT + 6;
  }

  /** What a key answers that types this text; undefined for nothing. */
  answerOf(text: string): Answer | undefined {
    return this.#choices.find(({ key }) => key === text.toLowerCase())?.answer;
  }

  /**
   * The pointer moved or a button changed.
   * @param buttons The RFB mask of those held now; as before where it only moved.
   */
  pointer(x: number, y: number, buttons: number = this.#held): void {
    const pressed = buttons & LEFT & ~this.#held;
    const released = this.#held & LEFT & ~buttons;
    this.#held = buttons;
    for (const { button, x: left, y: top } of this.#buttons) {
      const at = { x: x - left, y: y - top };
      const inside = contains(button.bounds, { ...at, width: 1, height: 1 });
      button.pointer({ ...at, inside, buttons, pressed, released });
    }
  }

  /** The pointer has left. */
  leave(): void {
    this.#held = 0;
    for (const { button } of this.#buttons) button.leave();
  }

  draw(frame: Framebuffer): void {
    const painter = new Painter(frame);
    painter.fill(frame.bounds, THEME.panel);
    painter.fill({ x: 0, y: 0, width: WIDTH, height: HEADING_HEIGHT }, THEME.title);
    painter.fill({ x: 0, y: HEADING_HEIGHT, width: WIDTH, height: 1 }, THEME.border);
    painter.fill({ x: MARGIN, y: 22, width: 12, height: 12 }, THEME.accent);
    drawText(painter, MARGIN + 24, 12, "Let this viewer in?", {
      colour: THEME.titleText,
      scale: 2,
    });
    for (const [i, [what, value]] of this.#rows.entries()) {
      const y = HEADING_HEIGHT + GAP + 3 + i * ROW_HEIGHT;
      drawText(painter, MARGIN, y, what, { colour: THEME.muted });
      const shown = fitText(value, WIDTH - VALUES - MARGIN);
      drawText(painter, VALUES, y, shown, { colour: THEME.text });
    }
    const top = this.#buttons[0]!.y;
    painter.fill({ x: MARGIN, y: top - GAP, width: WIDTH - 2 * MARGIN, height: 1 }, THEME.line);
    for (const { button, x, y } of this.#buttons) {
      button.draw(painter.within({ ...button.bounds, x, y }));
    }
    const time = `Without an answer it is refused in ${this.seconds} s.`;
    drawText(painter, MARGIN, top + 24 + GAP, time, { colour: THEME.muted });
    painter.outline(frame.bounds, THEME.border);
  }
}
