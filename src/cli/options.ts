import { LOG_LEVELS } from "../log.ts";
import { SECURITY_NAMES } from "../security/policy.ts";
import {
  address,
  choice,
  flag,
  hostNames,
  integer,
  matching,
  names,
  networks,
  selection,
  type ValueKind,
} from "./value_kind.ts";

/** One row of the table of options. */
export interface Option<T> {
  readonly kind: ValueKind<NonNullable<T>>;
  /** The value when nobody says otherwise. */
  readonly fallback: T;
  readonly help: string;
  /** True when the environment has no say. */
  readonly argumentsOnly?: true;
}

function option<T, F extends T | undefined>(
  kind: ValueKind<NonNullable<T>>,
  fallback: F,
  help: string,
  more: { argumentsOnly?: true } = {},
): Option<T | F> {
  return { kind, fallback, help, ...more };
}

/**
 * Every option of vncd. A key gives an option all its names: `passwordFile` is `--password-file` on the
 * command line and VNCD_PASSWORD_FILE in the environment.
 */
export const OPTIONS = {
  desktop: option(
    choice("auto", "x11", "windows", "demo"),
    "auto",
    "What to share; auto is the desktop: on Windows its own, elsewhere the X11 display, or a demo " +
      "desktop where there is none.",
  ),
  display: option(
    matching(
      ":N",
      "an X display such as :0 or host:10.0",
      /^[\w./-]*:\d+(\.\d+)?$/,
    ),
    undefined,
    "The X display to share, instead of the one that $DISPLAY names.",
  ),
  listen: option(
    address,
    undefined,
    "Where to accept viewers; by default on all addresses, IPv4 and IPv6, or with --security none " +
      "on those of this machine to itself.",
  ),
  port: option(integer("PORT", 0, 65535), 5900, "The TCP port; 0 takes any free one."),
  noWeb: option(flag, false, "No page for browsers."),
  webPort: option(
    integer("PORT", 0, 65535),
    undefined,
    "A port of its own for the page, instead of the same as viewers'; 0 takes any free one.",
  ),
  webNames: option(
    hostNames,
    undefined,
    "Further names under which browsers reach the page, as behind a proxy. Its addresses, localhost, " +
      "this machine's name and those in --cert are known.",
  ),
  trustProxy: option(
    networks,
    undefined,
    "Where proxies connect from whose word counts for whom they connect: X-Forwarded-For, " +
      "X-Forwarded-Proto, X-Forwarded-Host, and the PROXY protocol.",
  ),
  passwordFile: option(
    matching("FILE", "a file name", /./s),
    undefined,
    "Passwords as text, the first line for full control, the second for view only, or as vncpasswd " +
      "writes them. By default what `vncd passwd` wrote, else ~/.vnc/passwd, else a random password.",
  ),
  users: option(
    matching("FILE", "a file name", /./s),
    undefined,
    "Accounts with names, passwords and rights, as `vncd user` writes them. There is no password for " +
      "everybody then, unless --password-file says so.",
  ),
  systemUsers: option(
    names,
    undefined,
    "Users of this system who may come in with its password for them.",
  ),
  security: option(
    selection(SECURITY_NAMES, ["default", "compatible", "encrypted"]),
    "default",
    "What viewers are offered to prove who they are: encrypted is what encrypts all that follows, " +
      "default has some more that all viewers know, compatible has no x509, for viewers that give " +
      "up over its self-made certificate. Or names with commas between, the best first: " +
      `${SECURITY_NAMES.join(", ")}.`,
  ),
  cert: option(
    matching("FILE", "a file name", /./s),
    undefined,
    "The certificate for x509 security, with those that vouch for it (PEM), instead of a self-made one.",
  ),
  key: option(
    matching("FILE", "a file name", /./s),
    undefined,
    "The key that --cert belongs to (PEM).",
  ),
  accept: option(
    matching("ask|COMMAND", "ask, or a command", /\S/),
    undefined,
    "Who decides, when a viewer has proved who it is, whether it may come in: the person at the " +
      "desktop (ask), or a command, by its exit code: 0 yes, 3 to watch only, others no. It finds " +
      "VNCD_PEER, VNCD_ADDRESS, VNCD_USER and VNCD_ACCESS in its environment.",
  ),
  viewOnly: option(flag, false, "Viewers watch; their keys, clicks and clipboard are ignored."),
  shared: option(
    choice("always", "never", "client"),
    "client",
    "May viewers share the desktop? never: the newest one replaces the others; " +
      "client: each viewer says what it wants.",
  ),
  maxViewers: option(integer("N", 1, 1000), 32, "How many viewers may be there at once."),
  name: option(
    matching("TEXT", "some text", /\S/),
    undefined,
    "The desktop's name in the viewer's title.",
  ),
  logLevel: option(choice(...LOG_LEVELS), "info", "How much the log on standard error says."),
  logFile: option(
    matching("FILE", "a file name", /./s),
    undefined,
    "Where the log goes, instead of standard error.",
  ),
  noConsole: option(
    flag,
    false,
    "Windows: no console window; the log goes to a file with the keys, unless --log-file says where.",
  ),
  force: option(
    flag,
    false,
    "vncd service install: also where ordinary users can change its files.",
    { argumentsOnly: true },
  ),
  help: option(flag, false, "Show this help.", { argumentsOnly: true }),
  version: option(flag, false, "Show the version.", { argumentsOnly: true }),
} satisfies Record<string, Option<unknown>>;

export type OptionKey = keyof typeof OPTIONS;

/** What the person who started vncd wants. */
export type Options = { readonly [K in OptionKey]: (typeof OPTIONS)[K]["fallback"] };

/** The keys of the table, in the order of the help. */
export const OPTION_KEYS = Object.keys(OPTIONS) as OptionKey[];

/** A row of the table, whatever the type of its value. */
export function optionOf(key: OptionKey): Option<unknown> {
  return OPTIONS[key] as Option<unknown>;
}

/** The name on the command line, without its dashes: `password-file`. */
export function argumentName(key: OptionKey): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The name in the environment: `VNCD_PASSWORD_FILE`. */
export function environmentName(key: OptionKey): string {
  return `VNCD_${argumentName(key).replaceAll("-", "_").toUpperCase()}`;
}
