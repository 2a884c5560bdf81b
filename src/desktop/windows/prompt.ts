import { type Answer, harmless, type Question } from "../question.ts";

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

const MB_OKCANCEL = 0x1;
const MB_YESNOCANCEL = 0x3;
const MB_ICONQUESTION = 0x20;
/** Enter presses this button: Cancel, which refuses. */
const MB_DEFBUTTON2 = 0x100;
const MB_DEFBUTTON3 = 0x200;
const MB_SETFOREGROUND = 0x10000;
const MB_TOPMOST = 0x40000;
const IDOK = 1;
const IDYES = 6;
const IDNO = 7;

const WM_CLOSE = 0x10;
/** The class of all message boxes. */
const DIALOG_CLASS = "#32770";

/** Milliseconds between attempts to close a box that may not be there yet. */
const CLOSE_INTERVAL = 50;

/**
 * Asks by a message box. Its buttons have fixed names, so the text says what they mean.
 * @param signal Withdraws the question.
 */
export async function askByMessageBox(
  user32: PromptLibrary,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  if (signal.aborted) return "refuse";
  const title = `vncd: ${question.peer}`;
  const buttons = question.control ? MB_YESNOCANCEL | MB_DEFBUTTON3 : MB_OKCANCEL | MB_DEFBUTTON2;
  let closing: ReturnType<typeof setInterval> | undefined;
  const close = () => {
    const box = user32.FindWindowW(wide(DIALOG_CLASS), wide(title));
    if (box !== null) user32.PostMessageW(box, WM_CLOSE, 0n, 0n);
  };
  const withdraw = () => closing = setInterval(close, CLOSE_INTERVAL);
  signal.addEventListener("abort", withdraw, { once: true });
  const pressed = await user32.MessageBoxTimeoutW(
    ...[null, wide(textOf(question)), wide(title)] as const,
    ...[buttons | MB_ICONQUESTION | MB_SETFOREGROUND | MB_TOPMOST, 0] as const,
    question.seconds * 1000,
  );
  signal.removeEventListener("abort", withdraw);
  clearInterval(closing);
  if (signal.aborted) return "refuse";
  if (pressed === IDYES || pressed === IDOK) return "accept";
  return pressed === IDNO ? "view" : "refuse";
}

function textOf({ peer, user, control, seconds }: Question): string {
  return [
    "Let this viewer in?",
    "",
    `From: ${peer}`,
    ...user === undefined ? [] : [`Name: ${harmless(user)}`],
    `Wants: ${control ? "to see and control this desktop" : "to watch this desktop"}`,
    "",
    ...control
      ? ["Yes: allow", "No: allow to watch only", "Cancel: refuse"]
      : ["OK: allow", "Cancel: refuse"],
    "",
    `Without an answer it is refused after ${seconds} s.`,
  ].join("\n");
}

/** Text as Windows wants it: UTF-16, ended by a NUL. */
function wide(text: string): Uint16Array<ArrayBuffer> {
  return Uint16Array.from({ length: text.length + 1 }, (_, i) => text.charCodeAt(i) || 0);
}
