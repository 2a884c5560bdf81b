import { argumentName, environmentName, OPTION_KEYS, type OptionKey, optionOf } from "./options.ts";

const WIDTH = 80;
const INDENT = 2;
const COLUMN = 32;
/** A space at which a line isn't wrapped. */
const NO_BREAK = "\u00a0";

const EXAMPLES = [
  ["vncd", "share this desktop, with a random password"],
  ["vncd passwd", "set a lasting password, for the next start"],
  ["vncd --desktop demo --port 0", "try it out, without touching anything"],
  ["vncd --listen localhost", "only through an SSH tunnel"],
  ["VNCD_PORT=5901 vncd", "set an option in the environment"],
] as const;

function wrap(text: string, width: number): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Two columns; the right one is wrapped. */
function row(left: string, right: string): string {
  const start = " ".repeat(INDENT) + left;
  const lines = wrap(right, WIDTH - COLUMN);
  const fits = start.length < COLUMN;
  const first = fits ? start.padEnd(COLUMN) + lines.shift() : start;
  return [first, ...lines.map((line) => " ".repeat(COLUMN) + line)].join("\n");
}

function optionRow(key: OptionKey): string {
  const { kind, fallback, help, argumentsOnly } = optionOf(key);
  const name = `--${argumentName(key)}${kind.argument ? ` ${kind.argument}` : ""}`;
  const standard = typeof fallback === "string" || typeof fallback === "number"
    ? ` (default:${NO_BREAK}${fallback})`
    : "";
  return row(name, `${help}${standard}${argumentsOnly ? "" : ` [${environmentName(key)}]`}`);
}

/** What `vncd --help` shows. */
export function helpText(): string {
  return [
    "Shares this machine's desktop with VNC viewers.",
    "",
    "Usage:",
    row("vncd [OPTIONS]", "Share the desktop until ctrl-C."),
    row("vncd passwd [FILE]", "Ask for passwords and write them to a file."),
    row(
      "vncd user NAME [RIGHTS]",
      "Ask for an account's password and write it to the file of --users. RIGHTS: all, or some of " +
        "view, control, clipboard, clipboard-in, clipboard-out with commas between. The word remove " +
        "in their place removes the account.",
    ),
    row("vncd doctor", "Look for what stands in viewers' way, and say what to do about it."),
    row(
      "vncd service install|remove|start|stop|status",
      "Windows: share the screen from its start on, the sign-in screen included; install keeps the " +
        "options that it is given.",
    ),
    "",
    "Options, with their names in the environment:",
    ...OPTION_KEYS.map(optionRow),
    "",
    "Examples:",
    ...EXAMPLES.map(([command, meaning]) => row(command, meaning)),
    "",
  ].join("\n").replaceAll(NO_BREAK, " ");
}
