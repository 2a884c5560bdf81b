import type { Logger } from "../log.ts";
import type { Accounts } from "../security/accounts/accounts.ts";
import { AllAccounts } from "../security/accounts/all_accounts.ts";
import { vncAuthProblem } from "../security/accounts/password_file.ts";
import { SharedPasswords } from "../security/accounts/shared_passwords.ts";
import {
  INSIDE_TIGHT,
  type KnownCredentials,
  letsEverybodyIn,
  passwordLength,
  restOnVncAuth,
  SECURITY_PRESETS,
  type SecurityPolicy,
  VNC_PASSWORD_LENGTH,
} from "../security/policy.ts";
import { CommandError } from "./failure.ts";
import { argumentName, type Options } from "./options.ts";
import type { Environment } from "./parse.ts";
import { findPasswords, longestPassword, type PasswordSource } from "./password_source.ts";
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
 * @param log Is told what a person should know, such as that an option has no effect.
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
  const known: KnownCredentials = {
    names: hasAccounts(options),
    longestPassword: longestPassword(passwords),
  };
  const policy = policyFor(security, known);
  checkVncAuth(policy, passwords);
  checkApple(policy, known, warn);
  checkTight(policy);
  return {
    policy,
    passwords,
    accounts: accountsOf(options, passwords, log),
  };
}

function hasAccounts({ users, systemUsers }: SecurityOptions): boolean {
  return users !== undefined || systemUsers !== undefined;
}

function policyFor(security: Options["security"], known: KnownCredentials): SecurityPolicy {
  return typeof security === "string" ? SECURITY_PRESETS[security](known) : security;
}

function passwordsFor(
  options: SecurityOptions,
  environment: Environment,
  warn: (message: string) => void,
): PasswordSource {
  const names = hasAccounts(options);
  if (names && options.passwordFile === undefined) return { from: "nowhere" };
  // A long one where even then nobody would use a part of it.
  const policy = policyFor(options.security, { names, longestPassword: LONG });
  const length = restOnVncAuth(policy).length > 0 ? SHORT : LONG;
  return findPasswords(options, environment, length, warn);
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

/** @throws {CommandError} When VNC Authentication, where viewers may choose it, can't do with the passwords. */
function checkVncAuth(policy: SecurityPolicy, source: PasswordSource): void {
  const vncAuth = restOnVncAuth(policy);
  if (vncAuth.length === 0) return;
  const without = `leave ${vncAuth.join(" and ")} out of --security, as "encrypted" does`;
  if (source.from === "nowhere") {
    throw new CommandError(
      `${vncAuth[0]} knows no names, so it needs a --password-file; or ${without}`,
    );
  }
  const problem = vncAuthProblem(source.passwords);
  if (problem !== undefined) throw new CommandError(`${problem}; ${without}`);
}

/** Says so where viewers may choose Apple's way, and a password doesn't fit into it. */
function checkApple(
  policy: SecurityPolicy,
  { longestPassword = 0 }: KnownCredentials,
  warn: (message: string) => void,
): void {
  const most = passwordLength("apple");
  if (!policy.includes("apple") || longestPassword <= most) return;
  warn(
    `viewers that choose apple can't come in with a password of ${longestPassword} bytes: ` +
      `they send ${most} at most; leave apple out of --security`,
  );
}
