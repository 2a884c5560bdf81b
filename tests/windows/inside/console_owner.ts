// A program with a console of its own, which starts vncd in it, and presses ctrl-C there when its own
// input ends. Arguments: vncd's command.

const KERNEL32 = {
  FreeConsole: { parameters: [], result: "i32" },
  AllocConsole: { parameters: [], result: "i32" },
  GenerateConsoleCtrlEvent: { parameters: ["u32", "u32"], result: "i32" },
} as const;

const CTRL_C_EVENT = 0;
/** Every program of the console. */
const ALL = 0;

const { FreeConsole, AllocConsole, GenerateConsoleCtrlEvent } =
  Deno.dlopen("kernel32.dll", KERNEL32).symbols;
const [program, ...args] = Deno.args;
// Wine gives it one without a window.
FreeConsole();
AllocConsole();
// This one gets it, too.
Deno.addSignalListener("SIGINT", () => {});
const child = new Deno.Command(program!, { args, stdin: "null", stdout: "null" }).spawn();
while (await Deno.stdin.read(new Uint8Array(1)) !== null);
GenerateConsoleCtrlEvent(CTRL_C_EVENT, ALL);
Deno.exit((await child.status).code);
