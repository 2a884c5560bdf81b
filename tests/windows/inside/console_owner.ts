// A program with a console of its own, which starts vncd in it and, when its own input ends, does to it
// what Windows does. Arguments: the event's number, and vncd's command.

import { wide } from "../../../src/desktop/windows/wide.ts";

const KERNEL32 = {
  FreeConsole: { parameters: [], result: "i32" },
  AllocConsole: { parameters: [], result: "i32" },
  OpenProcess: { parameters: ["u32", "i32", "u32"], result: "pointer" },
  GetModuleHandleW: { parameters: ["buffer"], result: "pointer" },
  GetProcAddress: { parameters: ["pointer", "buffer"], result: "pointer" },
  CreateRemoteThread: {
    parameters: ["pointer", "pointer", "usize", "pointer", "usize", "u32", "pointer"],
    result: "pointer",
  },
  WaitForSingleObject: { parameters: ["pointer", "u32"], result: "u32" },
} as const;

const CTRL_CLOSE_EVENT = 2;
const PROCESS_ALL_ACCESS = 0x1fffff;
/** Milliseconds that Windows waits for a program whose console is closed. */
const PATIENCE = 5000;

const kernel32 = Deno.dlopen("kernel32.dll", KERNEL32).symbols;
const [number, program, ...args] = Deno.args;
const event = Number(number);
// Wine gives it one without a window.
kernel32.FreeConsole();
kernel32.AllocConsole();
const child = new Deno.Command(program!, { args, stdin: "null", stdout: "null" }).spawn();
while (await Deno.stdin.read(new Uint8Array(1)) !== null);
// A console tells its programs of an event by a thread of theirs that calls their handlers.
const kernelbase = kernel32.GetModuleHandleW(wide("kernelbase.dll"));
const routine = kernel32.GetProcAddress(kernelbase, new TextEncoder().encode("CtrlRoutine\0"));
const process = kernel32.OpenProcess(PROCESS_ALL_ACCESS, 0, child.pid);
const start = [routine, BigInt(event), 0, null] as const;
const thread = kernel32.CreateRemoteThread(process, null, 0n, ...start);
kernel32.WaitForSingleObject(thread, PATIENCE);
const isEnding = event >= CTRL_CLOSE_EVENT;
if (isEnding) child.kill("SIGKILL");
const { code } = await child.status;
// It was ended in the middle of ending.
Deno.exit(isEnding ? 0 : code);
