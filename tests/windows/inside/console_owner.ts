// A program with a console of its own, which starts vncd in it and ends it from there.
// Arguments: what happens to the console, and vncd's command.

const KERNEL32 = {
  FreeConsole: { parameters: [], result: "i32" },
  AllocConsole: { parameters: [], result: "i32" },
  GetConsoleWindow: { parameters: [], result: "pointer" },
  GenerateConsoleCtrlEvent: { parameters: ["u32", "u32"], result: "i32" },
} as const;
const USER32 = {
  PostMessageW: { parameters: ["pointer", "u32", "usize", "isize"], result: "i32" },
} as const;

const CTRL_C_EVENT = 0;
const CTRL_BREAK_EVENT = 1;
const WM_CLOSE = 0x10;

const kernel32 = Deno.dlopen("kernel32.dll", KERNEL32).symbols;
const user32 = Deno.dlopen("user32.dll", USER32).symbols;

const ACTIONS: Readonly<Record<string, () => void>> = {
  "ctrl-c": () => kernel32.GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0),
  "ctrl-break": () => kernel32.GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, 0),
  "close": () => user32.PostMessageW(kernel32.GetConsoleWindow(), WM_CLOSE, 0n, 0n),
};

const [action, program, ...args] = Deno.args;
// Wine gives it one without a window.
kernel32.FreeConsole();
kernel32.AllocConsole();
// What happens to the console happens to all of its programs.
for (const signal of ["SIGINT", "SIGBREAK", "SIGHUP"] as const) {
  Deno.addSignalListener(signal, () => {});
}
const child = new Deno.Command(program!, { args, stdin: "null", stdout: "piped" }).spawn();
for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
  if (text.includes("Connect to")) ACTIONS[action!]!();
}
Deno.exit((await child.status).code);
