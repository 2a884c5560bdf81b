import { type Answer, harmless, type Question } from "../question.ts";
import { wide } from "./wide.ts";

/** user32.dll: what a message box takes. */
export const USER32_PROMPT = {
  /** As MessageBoxW, and goes by itself after some milliseconds. */
  MessageBoxTimeoutW: {
    parameters: ["pointer", "buffer", "buffer", "u32", "u16", "u32"],
    result: "i32",
    nonblocking: true,
  },
  FindWindowW: { parameters: ["buffer", "buffer"], result: "pointer" },
  PostMessageW: { parameters: ["pointer", "u32", "usize", "isize"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

export type PromptLibrary = Deno.DynamicLibrary<typeof USER32_PROMPT>["symbols"];

const MB_YESNO = 0x4;
const MB_ICONQUESTION = 0x20;
/** Enter presses the second button: No. */
const MB_DEFBUTTON2 = 0x100;
const MB_SETFOREGROUND = 0x10000;
const MB_TOPMOST = 0x40000;
const STYLE = MB_YESNO | MB_DEFBUTTON2 | MB_ICONQUESTION | MB_SETFOREGROUND | MB_TOPMOST;
const IDYES = 6;
const IDNO = 7;

/** With a button's number: it was pressed. A box that has no Cancel ignores WM_CLOSE. */
const WM_COMMAND = 0x111;
/** The class of all message boxes. */
const DIALOG_CLASS = "#32770";

/** Milliseconds between attempts to close a box that may not be there yet. */
const CLOSE_INTERVAL = 50;

/**
 * Asks by a message box: yes or no. Its buttons have fixed names, so there is none for watching only.
 * @param signal Withdraws the question.
 */
export async function askByMessageBox(
  user32: PromptLibrary,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  if (signal.aborted) return "refuse";
  const title = `vncd: ${question.peer}`;
  let closing: ReturnType<typeof setInterval> | undefined;
  const close = () => {
    const box = user32.FindWindowW(wide(DIALOG_CLASS), wide(title));
    if (box !== null) user32.PostMessageW(box, WM_COMMAND, BigInt(IDNO), 0n);
  };
  const withdraw = () => closing = setInterval(close, CLOSE_INTERVAL);
  signal.addEventListener("abort", withdraw, { once: true });
  const pressed = await user32.MessageBoxTimeoutW(
    ...[null, wide(textOf(question)), wide(title)] as const,
    ...[STYLE, 0, question.seconds * 1000] as const,
  );
  signal.removeEventListener("abort", withdraw);
  clearInterval(closing);
  return pressed === IDYES && !signal.aborted ? "accept" : "refuse";
}

function textOf({ peer, user, control, seconds }: Question): string {
  return [
    "Let this viewer in?",
    "",
    `From: ${peer}`,
    ...user === undefined ? [] : [`Name: ${harmless(user)}`],
    `Wants: ${control ? "to see and control this desktop" : "to watch this desktop"}`,
    "",
    `Without an answer it is refused after ${seconds} s.`,
  ].join("\n");
}
