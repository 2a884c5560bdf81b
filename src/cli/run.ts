import { doctor } from "./commands/doctor.ts";
import { passwd } from "./commands/passwd.ts";
import { serve } from "./commands/serve.ts";
import { service } from "./commands/service.ts";
import { user } from "./commands/user.ts";
import { EXIT_CODE, explain } from "./failure.ts";
import { helpText } from "./help.ts";
import { type Host, processHost } from "./host.ts";
import { logOutlet } from "./log_file.ts";
import { type Invocation, parseCommandLine } from "./parse.ts";
import { standardPrompter } from "./prompter.ts";
import { VERSION } from "./version.ts";

/** @returns The exit code. */
async function carryOut(invocation: Invocation, host: Host): Promise<number> {
  const { options, command } = invocation;
  if (options.help) host.print(helpText());
  else if (options.version) host.print(`vncd ${VERSION}`);
  else if (command === "doctor") return await doctor(options, host);
  else await carryOutCommand(invocation, host);
  return EXIT_CODE.success;
}

async function carryOutCommand(
  { options, command, operands, warnings }: Invocation,
  host: Host,
): Promise<void> {
  if (command === "passwd") {
    return passwd(operands[0] ?? options.passwordFile, host, standardPrompter());
  }
  if (command === "user") return await user(operands, options.users, host, standardPrompter());
  if (command === "service") return await service(operands, options, host, standardPrompter());
  await serve(options, warnings, host);
}

/**
 * Does what the command line says; an error is one line on standard error.
 * @param args The arguments without the program's name.
 * @returns The exit code: 0, 1 when it failed, 2 when the command line or the environment is wrong.
 */
export async function run(args: readonly string[], host: Host = processHost()): Promise<number> {
  let debug = false;
  let { complain } = host;
  try {
    const invocation = parseCommandLine(args, host.environment);
    const { options, command } = invocation;
    debug = options.logLevel === "debug";
    if (command === "serve" && !options.help && !options.version) {
      complain = logOutlet(options, host);
    }
    return await carryOut(invocation, { ...host, complain });
  } catch (error) {
    const { message, exitCode } = explain(error, debug);
    complain(`vncd: ${message}`);
    return exitCode;
  }
}
