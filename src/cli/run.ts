import { passwd } from "./commands/passwd.ts";
import { serve } from "./commands/serve.ts";
import { user } from "./commands/user.ts";
import { EXIT_CODE, explain } from "./failure.ts";
import { helpText } from "./help.ts";
import { type Host, processHost } from "./host.ts";
import { type Invocation, parseCommandLine } from "./parse.ts";
import { standardPrompter } from "./prompter.ts";
import { VERSION } from "./version.ts";

async function carryOut(invocation: Invocation, host: Host): Promise<void> {
  const { options, command, operands, warnings } = invocation;
  if (options.help) return host.print(helpText());
  if (options.version) return host.print(`vncd ${VERSION}`);
  if (command === "passwd") {
    return passwd(operands[0] ?? options.passwordFile, host, standardPrompter());
  }
  if (command === "user") return await user(operands, options.users, host, standardPrompter());
  await serve(options, warnings, host);
}

/**
 * Does what the command line says; an error is one line on standard error.
 * @param args The arguments without the program's name.
 * @returns The exit code: 0, 1 when it failed, 2 when the command line or the environment is wrong.
 */
export async function run(args: readonly string[], host: Host = processHost()): Promise<number> {
  let debug = false;
  try {
    const invocation = parseCommandLine(args, host.environment);
    debug = invocation.options.logLevel === "debug";
    await carryOut(invocation, host);
    return EXIT_CODE.success;
  } catch (error) {
    const { message, exitCode } = explain(error, debug);
    host.complain(`vncd: ${message}`);
    return exitCode;
  }
}
