import { messageOf } from "../../log.ts";
import { AccountsError } from "./accounts_error.ts";
import { canBePassword, nameProblem } from "./name_and_password.ts";
import type { SystemAccounts } from "./system_accounts.ts";
import {
  ADVAPI32,
  KERNEL32,
  LOGON32_LOGON_NETWORK,
  LOGON32_PROVIDER_DEFAULT,
  type LogonLibrary,
  TOKEN_USER_SIZE,
  TokenUser,
  WinAccountGuestSid,
} from "./windows_symbols.ts";

function loadLibrary(): LogonLibrary {
  try {
    return {
      ...Deno.dlopen("advapi32.dll", ADVAPI32).symbols,
      ...Deno.dlopen("kernel32.dll", KERNEL32).symbols,
    };
  } catch (error) {
    throw new AccountsError(`the system's accounts can't be used: ${messageOf(error)}`);
  }
}

/** The text as Windows wants it: UTF-16, ended by a NUL. */
function wideString(text: string): Uint8Array<ArrayBuffer> {
  const units = Uint16Array.from({ length: text.length + 1 }, (_, i) => text.charCodeAt(i) || 0);
  return new Uint8Array(units.buffer);
}

/**
 * Where an account is, and its name there: `DOMAIN\name`, or `name` on this machine. A user principal name
 * (`name@example.com`) says both, and the domain has to be left out.
 */
function splitName(name: string): { readonly domain: string | undefined; readonly user: string } {
  const at = name.indexOf("\\");
  if (at >= 0) return { domain: name.slice(0, at), user: name.slice(at + 1) };
  return { domain: name.includes("@") ? undefined : ".", user: name };
}

/** The accounts of a Windows system or its domain. Who logs on gets no session. */
export class WindowsAccounts implements SystemAccounts {
  readonly #library: LogonLibrary;

  /** @throws {AccountsError} When this isn't Windows. */
  constructor(library: LogonLibrary = loadLibrary()) {
    this.#library = library;
  }

  async check(name: string, password: Uint8Array): Promise<boolean> {
    if (nameProblem(name) || !canBePassword(password)) return false;
    const { domain, user } = splitName(name);
    const secret = wideString(new TextDecoder().decode(password));
    const token = new BigUint64Array(1);
    try {
      const success = await this.#library.LogonUserW(
        wideString(user),
        domain === undefined ? null : wideString(domain),
        secret,
        LOGON32_LOGON_NETWORK,
        LOGON32_PROVIDER_DEFAULT,
        new Uint8Array(token.buffer),
      );
      if (success === 0) return false;
    } finally {
      secret.fill(0);
    }
    const isGuest = this.#isGuest(token[0]!);
    this.#library.CloseHandle(token[0]!);
    return !isGuest;
  }

  /**
   * Whether it is Guest, as which Windows may log on whoever it doesn't know, with any password. So is a
   * token that says nothing: Wine gives one like that to everybody.
   */
  #isGuest(token: bigint): boolean {
    const information = new BigUint64Array(Math.ceil(TOKEN_USER_SIZE / 8));
    const bytes = new Uint8Array(information.buffer);
    const { GetTokenInformation, IsWellKnownSid } = this.#library;
    const length = new Uint8Array(4);
    if (GetTokenInformation(token, TokenUser, bytes, bytes.length, length) === 0) return true;
    return IsWellKnownSid(information[0]!, WinAccountGuestSid) !== 0;
  }
}
