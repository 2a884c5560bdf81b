import { win32 } from "node:path";
import { createLogger, messageOf } from "../../log.ts";
import { letsEverybodyIn } from "../../security/policy.ts";
import { exists } from "../../security/secret_file.ts";
import { CommandError } from "../failure.ts";
import type { Host } from "../host.ts";
import { logOutlet } from "../log_file.ts";
import type { Options } from "../options.ts";
import type { Prompter } from "../prompter.ts";
import { AgentKeeper } from "../service/agent_keeper.ts";
import {
  argumentsOf,
  commandLine,
  filesOf,
  isBundle,
  ownProgram,
} from "../service/command_line.ts";
import { provideServiceFolder, serviceEnvironment, serviceFolder } from "../service/data_folder.ts";
import { runService } from "../service/dispatcher.ts";
import { changeablePart } from "../service/install_place.ts";
import { loadServiceLibraries } from "../service/libraries.ts";
import { ServiceManager, type ServiceState } from "../service/manager.ts";
import { startInSession } from "../service/session_process.ts";
import { UsageError } from "../usage_error.ts";
import { passwd } from "./passwd.ts";
import { serve } from "./serve.ts";

/** Milliseconds that the service may take to start or to stop, and between two looks. */
const PATIENCE = 20_000;
const INTERVAL = 100;

type Action = (options: Options, host: Host, prompter: Prompter) => void | Promise<void>;

/** The words after `vncd service`; Windows itself and the service use the last two. */
const ACTIONS: Readonly<Record<string, Action>> = {
  install,
  remove,
  start,
  stop,
  status,
  run,
  agent,
};

/**
 * `vncd service install|remove|start|stop|status`.
 * @param operands What follows the command.
 * @throws {UsageError} When that makes no sense.
 * @throws {CommandError} When Windows doesn't do it, or this isn't Windows.
 */
export async function service(
  operands: readonly string[],
  options: Options,
  host: Host,
  prompter: Prompter,
): Promise<void> {
  const [word, ...rest] = operands;
  const action = Object.hasOwn(ACTIONS, word ?? "") ? ACTIONS[word!] : undefined;
  if (action === undefined || rest.length > 0) {
    throw new UsageError("vncd service takes one of install, remove, start, stop and status");
  }
  if (Deno.build.os !== "windows") {
    throw new CommandError(
      "vncd service is for Windows; elsewhere let the system's own start vncd",
    );
  }
  await action(options, host, prompter);
}

const manager = () => new ServiceManager(loadServiceLibraries());

function install(options: Options, host: Host, prompter: Prompter): void {
  if (manager().state() !== undefined) {
    throw new CommandError("the service is installed already; vncd service remove takes it away");
  }
  // Before anything is made.
  manager().checkRights();
  const folder = serviceFolder(host.environment);
  provideServiceFolder(folder, options.force);
  // It looks at files in that folder, too.
  checkPlace(options);
  const file = win32.join(folder, "passwd");
  if (needsPasswordFile(options) && !exists(file)) passwd(file, host, prompter);
  const args = argumentsOf(options, (file) => win32.resolve(file));
  const { warn } = createLogger(options.logLevel, host.complain);
  manager().install(commandLine(ownProgram(), ["service", "run", ...args]), warn);
  host.print("The service is installed and starts with Windows; vncd service start starts it now.");
}

/** @throws {CommandError} When ordinary users could make the service do what they want. */
function checkPlace(options: Options): void {
  const { force, accept } = options;
  if (force) return;
  if (accept !== undefined && accept !== "ask") {
    throw new CommandError(
      "--accept with a command: the service would run it with its own rights, and so for whoever can " +
        "change what it runs; use --force if that is administrators only",
    );
  }
  const program = ownProgram();
  if (program.script !== undefined && !isBundle(program.script)) {
    throw new CommandError(
      "the service would run by many files, any of which may be changed; install it from vncd.exe, " +
        "or use --force",
    );
  }
  const weak = changeablePart(filesOf(program, options, (file) => win32.resolve(file)));
  if (weak === undefined) return;
  throw new CommandError(
    `others than administrators can change ${weak}, and so would have the service's rights; put vncd ` +
      `into a folder of its own in "C:\\Program Files", and the files that it uses into ` +
      `"C:\\ProgramData\\vncd", or use --force`,
  );
}

/** Whether nothing else says who may come in; nobody would see a random password. */
function needsPasswordFile({ security, passwordFile, users, systemUsers }: Options): boolean {
  const isOpen = typeof security !== "string" && letsEverybodyIn(security);
  return !isOpen && passwordFile === undefined && users === undefined && systemUsers === undefined;
}

async function remove(_: Options, host: Host): Promise<void> {
  const state = manager().state();
  if (state !== undefined && state !== "stopped") await stop(_, host);
  manager().remove();
  host.print(
    `The service is removed; passwords and keys stay in ${serviceFolder(host.environment)}.`,
  );
}

async function start(_: Options, host: Host): Promise<void> {
  manager().start();
  const state = await settled("starting");
  if (state !== "running") throw new CommandError(`the service is ${state}; its log may say why`);
  host.print("The service is running.");
}

async function stop(_: Options, host: Host): Promise<void> {
  manager().stop();
  const state = await settled("stopping");
  if (state !== "stopped") throw new CommandError(`the service is still ${state}`);
  host.print("The service has stopped.");
}

function status(_: Options, host: Host): void {
  const state = manager().state();
  host.print(`The service is ${state ?? "not installed"}.`);
}

/** What the service does when it no longer does that, or patience is at an end. */
async function settled(passing: ServiceState): Promise<ServiceState | undefined> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const state = manager().state();
    if (state !== passing || Date.now() > deadline) return state;
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}

/** What a vncd of the service's writes its log to, and where it finds its files. */
function atService(options: Options, host: Host): { options: Options; host: Host } {
  const folder = serviceFolder(host.environment);
  const own: Options = {
    ...options,
    logFile: options.logFile ?? win32.join(folder, "vncd.log"),
    passwordFile: needsPasswordFile(options) ? win32.join(folder, "passwd") : options.passwordFile,
    // There is none.
    noConsole: false,
  };
  const complain = logOutlet(own, host);
  return {
    options: own,
    host: { ...host, complain, environment: serviceEnvironment(host.environment) },
  };
}

/** The service: it has no screen, and keeps an agent where there is one. */
async function run(given: Options, givenHost: Host): Promise<void> {
  const { options, host } = atService(given, givenHost);
  const log = createLogger(options.logLevel, host.complain);
  const libraries = loadServiceLibraries();
  const args = argumentsOf(given, (file) => file);
  const command = commandLine(ownProgram(), ["service", "agent", ...args]);
  const sessions = {
    active: () => libraries.kernel32.WTSGetActiveConsoleSessionId(),
    start: (session: number) => startInSession(libraries, session, command),
  };
  await runService(libraries, new AgentKeeper(sessions, log));
}

/** The vncd in the session of the person at the screen. */
async function agent(given: Options, givenHost: Host): Promise<void> {
  const { options, host } = atService(given, givenHost);
  try {
    await serve(options, [], { ...host, print: () => {} }, inputEnds());
  } catch (error) {
    // Nobody else would read it.
    createLogger("error", host.complain).error(messageOf(error));
    throw error;
  }
}

/** Settles when standard input ends, as it does when the service ends it or is gone. */
async function inputEnds(): Promise<string> {
  try {
    while (await Deno.stdin.read(new Uint8Array(1)) !== null);
  } catch {
    // Windows says so where a pipe's other end is gone.
  }
  return "the service ends";
}
