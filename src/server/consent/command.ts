import type { Answer } from "../../desktop/question.ts";
import { systemFile } from "../../desktop/windows/system_file.ts";
import type { Logger } from "../../log.ts";
import { type Consent, inTime, type Visitor } from "./consent.ts";

/** Exit codes and what they say; any other one refuses. */
const ACCEPT = 0;
const VIEW = 3;

/** Bytes of what a command prints that go to the log. */
const MAX_OUTPUT = 4096;

/** What a command is told, in its environment: nothing of it is ever part of a command line. */
function environmentOf({ peer, address, user = "", rights }: Visitor): Record<string, string> {
  return {
    VNCD_PEER: peer,
    VNCD_ADDRESS: address,
    // deno-lint-ignore no-control-regex
    VNCD_USER: user.replace(/[\x00-\x1f\x7f]/g, "?"),
    VNCD_ACCESS: rights.control ? "control" : "view",
  };
}

/**
 * Runs a command of the shell's for each visitor: exit code 0 lets it in, 3 lets it watch, any other
 * one refuses.
 *
 * @example
 * ```ts
 * commandConsent(`zenity --question --text "Let $VNCD_ADDRESS in?"`, log);
 * ```
 */
export function commandConsent(command: string, log: Pick<Logger, "debug">): Consent {
  const ask = async (visitor: Visitor, signal: AbortSignal): Promise<Answer> => {
    const isWindows = Deno.build.os === "windows";
    const child = new Deno.Command(isWindows ? systemFile("cmd.exe") : "/bin/sh", {
      args: isWindows ? ["/d", "/c", command] : ["-c", command],
      windowsRawArguments: true,
      env: environmentOf(visitor),
      // A process group of its own, to be ended with everything that it started.
      detached: true,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const say = (line: string) => log.debug(`${visitor.peer}: the command says: ${line}`);
    logOutput(child.stdout, say);
    logOutput(child.stderr, say);
    const end = () => endGroup(child);
    signal.addEventListener("abort", end, { once: true });
    try {
      const { code } = await child.status;
      if (code === ACCEPT) return "accept";
      return code === VIEW ? "view" : "refuse";
    } finally {
      signal.removeEventListener("abort", end);
    }
  };
  return (visitor, signal) => inTime(visitor.time, signal, (ended) => ask(visitor, ended));
}

/** Reads to the end, so that the command never waits for it, and logs the beginning. */
async function logOutput(
  output: ReadableStream<Uint8Array>,
  say: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let left = MAX_OUTPUT;
  for await (const chunk of output) {
    // The end of a line may come by itself.
    const text = decoder.decode(chunk.subarray(0, Math.max(0, left))).trim();
    if (text !== "") say(text);
    left -= chunk.length;
  }
}

function endGroup(child: Deno.ChildProcess): void {
  try {
    if (Deno.build.os === "windows") child.kill("SIGKILL");
    else Deno.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
