import type { Logger } from "../log.ts";
import type { Accounts } from "../security/accounts/accounts.ts";
import { AllAccounts } from "../security/accounts/all_accounts.ts";
import { VNC_PASSWORD_LENGTH, vncAuthProblem } from "../security/accounts/password_file.ts";
import { SharedPasswords } from "../security/accounts/shared_passwords.ts";
import {
  INSIDE_TIGHT,
  type KnownCredentials,
  letsEverybodyIn,
  restOnVncAuth,
  SECURITY_PRESETS,
  type SecurityPolicy,
} from "../security/policy.ts";
import { CommandError } from "./failure.ts";
import { argumentName, type Options } from "./options.ts";
import type { Environment } from "./parse.ts";
import { findPasswords, type PasswordSource } from "./password_source.ts";
import { openUserAccounts } from "./users_source.ts";

/** Characters of a random password: as many as VNC Authentication uses, or enough for 80 bits. */
const SHORT = VNC_PASSWORD_LENGTH;
const LONG = 16;

/** Where nobody is asked. */
const NOBODY: Accounts = {
  hasNames: false,
  knows: () => false,
  check: () => Promise.resolve(undefined),
  checkProof: () => undefined,
};

/** Who may come in with what, and what viewers are offered to show it. */
export interface Credentials {
  readonly policy: SecurityPolicy;
  readonly passwords: PasswordSource;
  readonly accounts: Accounts;
}

type SecurityOptions = Pick<Options, "security" | "passwordFile" | "users" | "systemUsers">;

/**
 * Finds what the options name, and settles what viewers are offered.
 * @param log Is told what a person should know, such as that a password is cut.
 * @throws {CommandError} When a file can't be used, or the policy can't work with what there is.
 */
export function findCredentials(
  options: SecurityOptions,
  environment: Environment,
  log: Pick<Logger, "warn" | "info">,
): Credentials {
  const { security } = options;
  const { warn } = log;
  if (typeof security !== "string" && security.every((name) => letsEverybodyIn([name]))) {
    for (const name of ["passwordFile", "users", "systemUsers"] as const) {
      if (options[name] !== undefined) {
        warn(`--security ${security}: nobody is asked, so --${argumentName(name)} isn't used`);
      }
    }
    return { policy: security, passwords: { from: "nowhere" }, accounts: NOBODY };
  }
  const passwords = passwordsFor(options, environment, warn);
  const known = knownCredentials(options, passwords);
  const policy = typeof security === "string" ? SECURITY_PRESETS[security](known) : security;
  checkPolicy(policy, passwords, known, warn);
  checkTight(policy);
  return {
    policy,
    passwords,
    accounts: accountsOf(options, passwords, log),
  };
}

function passwordsFor(
  options: SecurityOptions,
  environment: Environment,
  warn: (message: string) => void,
): PasswordSource {
  const { security, passwordFile, users, systemUsers } = options;
  const hasAccounts = users !== undefined || systemUsers !== undefined;
  if (hasAccounts && passwordFile === undefined) return { from: "nowhere" };
  const short = security === "default" || security === "compatible" ||
    (typeof security !== "string" && restOnVncAuth(security).length > 0);
  return findPasswords(options, environment, short ? SHORT : LONG, warn);
}

function knownCredentials(
  { users, systemUsers }: SecurityOptions,
  source: PasswordSource,
): KnownCredentials {
  const names = users !== undefined || systemUsers !== undefined;
  if (source.from === "nowhere") return { names, longestPassword: undefined };
  const { full, viewOnly } = source.passwords;
  return { names, longestPassword: Math.max(full.length, viewOnly?.length ?? 0) };
}

/** @throws {CommandError} When the accounts that the options name can't be used. */
function accountsOf(
  options: SecurityOptions,
  source: PasswordSource,
  log: Pick<Logger, "warn" | "info">,
): Accounts {
  const users = openUserAccounts(options, log);
  const shared = source.from === "nowhere" ? undefined : new SharedPasswords(source.passwords);
  if (users !== undefined && shared !== undefined) return new AllAccounts(users, shared);
  return users ?? shared ?? NOBODY;
}

/** @throws {CommandError} When Tight has nothing to choose from. */
function checkTight(policy: SecurityPolicy): void {
  if (!policy.includes("tight") || policy.some((name) => INSIDE_TIGHT.includes(name))) return;
  throw new CommandError(
    `tight is a choice among others; name some of these besides: ${INSIDE_TIGHT.join(", ")}`,
  );
}

/**
 * Says what VNC Authentication does with the passwords, where viewers may choose it.
 * @throws {CommandError} When it can do nothing with them.
 */
function checkPolicy(
  policy: SecurityPolicy,
  source: PasswordSource,
  { longestPassword }: KnownCredentials,
  warn: (message: string) => void,
): void {
  const vncAuth = restOnVncAuth(policy);
  if (vncAuth.length === 0) return;
  const without = `leave ${vncAuth.join(" and ")} out of --security, as "encrypted" does`;
  if (source.from === "nowhere" || longestPassword === undefined) {
    throw new CommandError(
      `${vncAuth[0]} knows no names, so it needs a --password-file; or ${without}`,
    );
  }
  const problem = vncAuthProblem(source.passwords);
  if (problem !== undefined) throw new CommandError(`${problem}; ${without}`);
  if (longestPassword > VNC_PASSWORD_LENGTH) {
    warn(
      `A PASSWORD IS CUT: viewers that choose VNC Authentication have to know only the first ` +
        `${VNC_PASSWORD_LENGTH} of its ${longestPassword} bytes; ${without}`,
    );
  }
}
